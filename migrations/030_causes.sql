-- An obligation is owed because of a thing of any noun; what it rests on where no directive's sentence does.
ALTER TABLE obligation DROP CONSTRAINT obligation_because_check;

ALTER TABLE obligation ADD CONSTRAINT obligation_because_check CHECK (because ~ '^[a-z_]{2,40}$');

ALTER TABLE obligation ADD COLUMN ground text CHECK (length(ground) BETWEEN 1 AND 300);
