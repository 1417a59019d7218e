-- Answers {record of the newest event or false, next lease expiry or false}
if purge() then settle() end
return call('HMGET', RECORDS, 'n', 'l')
