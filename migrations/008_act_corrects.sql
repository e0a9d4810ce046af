-- An act says which entry corrected it: that entry is found by what it corrects.
CREATE INDEX act_corrects ON act (tenant_id, corrects_id) WHERE corrects_id IS NOT NULL;
