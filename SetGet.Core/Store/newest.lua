-- Answers {record of the newest event or false, next lease expiry or false}
-- Always: a script that was cut off may have left it to this one.
purge()
settle()
return call('HMGET', RECORDS, 'n', 'l')
