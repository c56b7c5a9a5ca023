-- For role.sql: a password is a parameter, never a part of a text that a log or an error could show.
SELECT set_config('sluice.password', $1, false)
