-- KEYS[7]: the new lease. ARGV: 2 most events, 3 most bytes of data, 4 leased until
-- Answers {next lease expiry or false, record, ...}. Hides the events: whoever wants them gone acknowledges the lease once it has them.
purge()
local ids = call('ZRANGE', INDEX, 0, tonumber(ARGV[2]) - 1)
local answer, gone, hidden, bytesLeft = {false}, {}, {}, tonumber(ARGV[3])
if #ids > 0 then
  local found = records(ids)
  for i = 1, #ids do
    local record = found[i]
    if record then
      bytesLeft = bytesLeft - dataLength(record)
      if #answer > 1 and bytesLeft < 0 then break end
      answer[#answer + 1] = record
      hidden[#hidden + 1] = ids[i]
    else
      gone[#gone + 1] = ids[i] -- an eviction took the record
    end
  end
  drop(gone)
  if #hidden > 0 then hide(hidden, ARGV[4], KEYS[7]) end
end
settle()
answer[1] = call('HGET', RECORDS, 'l')
return answer
