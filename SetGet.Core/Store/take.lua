-- KEYS[7]: the new lease. ARGV: 2 most events, 3 most bytes of data, 4 leased until, 5 'lease' or 'take'
-- Answers {next lease expiry or false, number of events hidden by the lease, buckets that the webhook key leaves and comes to, record, ...}
-- 'take' drops the events at once, but hides those whose data is held elsewhere: it is yet to be read.
purge()
local ids = call('ZRANGE', INDEX, 0, tonumber(ARGV[2]) - 1)
local answer, gone, hidden, bytesLeft = {false, 0, '0', '0'}, {}, {}, tonumber(ARGV[3])
if #ids > 0 then
  local found = records(ids)
  for i = 1, #ids do
    local record = found[i]
    if record then
      bytesLeft = bytesLeft - dataLength(record)
      if #answer > 4 and bytesLeft < 0 then break end
      answer[#answer + 1] = record
      local list = (ARGV[5] == 'lease' or isShared(record)) and hidden or gone
      list[#list + 1] = ids[i]
    else
      gone[#gone + 1] = ids[i] -- an eviction took the record
    end
  end
  drop(gone)
  if #hidden > 0 then hide(hidden, ARGV[4], KEYS[7]) end
  answer[2] = #hidden
  if #gone > 0 then answer[3], answer[4] = recount() end
end
settle()
answer[1] = call('HGET', RECORDS, 'l')
return answer
