-- ARGV: 2 id, 3 acceptedAt, 4 expiresAt, 5 record, 6 most events kept, 7 account/key
-- Answers {0 duplicate | 1 stored | 2 stored behind a newer one, bucket where the webhook key was counted as one that lives, bucket where it is
-- from now on ('0', '0': no change), bucket and bytes of each event that was pushed out of the history}
local id, at, expiresAt, record = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
if purge() then settle() end

-- A gate that outlives the event: taken, deleted or pushed out, it does not come again. It is shut last, when all else is written: what a crash cut off
-- comes again, and is written again. What lives and was seen longer ago than is remembered, or is in somebody's hands, is there.
if call('ZSCORE', SEEN, id) or call('ZADD', EXPIRIES, 'NX', expiresAt, id) == 0
    and (call('ZSCORE', LEASED, id) or now - tonumber(at) >= 24 * HOUR and call('ZSCORE', INDEX, id)) then
  keepWithRecords(SEEN)
  return {0}
end

local known = call('HMGET', RECORDS, 's', 'ma', 'mi', 'e', 'ni', 'k')
local sequence = text(math.max((tonumber(known[1] or 0) or 0) + 1, now))
local late = known[2] and known[3] ~= id and not isAfter(tonumber(at), id, tonumber(known[2]), known[3])
if late then
  call('HSET', RECORDS, id, record, 's', sequence)
  call('ZADD', LATE, sequence, id)
  call('ZADD', INDEX, at, id)
  settle()
else
  if known[5] and known[5] ~= id then call('HSET', RECORDS, known[5], call('HGET', RECORDS, 'n')) end
  call('HSET', RECORDS, 'n', record, 'ni', id, 's', sequence, 'ma', at, 'mi', id)
  call('ZADD', INDEX, at, id)
end

local count = call('ZCARD', INDEX)
local over = count - tonumber(ARGV[6])
local isTrimmed = over > 0
while over > 0 do
  local oldest = call('ZRANGE', INDEX, 0, math.min(over, 500) - 1)
  release(oldest)
  over = over - #oldest
end

-- The webhook key is counted by its last expiry, which is this event's or the one that it was counted by.
local from, to, changes = '0', '0', {}
if isTrimmed then
  settle()
  from, to = recount()
else
  local counted, belongs = tonumber(known[6] or 0) or 0, bucketOf(now, tonumber(expiresAt))
  if belongs > counted then
    from, to = counted > now and text(counted) or '0', text(belongs)
    changes = {'k', to}
  end
end

-- The keys live as long as their last event, and at least as long as the memory of what was seen. With an hour's slack, so that a
-- busy key does not set five expiries with every event.
local lives = math.max(tonumber(expiresAt), now + 25 * HOUR)
local renews = lives > (tonumber(known[4] or 0) or 0)
local left = text(lives + HOUR - now)
if renews then
  changes[#changes + 1] = 'e'
  changes[#changes + 1] = text(lives + HOUR)
  for i = 1, 5 do call('PEXPIRE', KEYS[i], left) end
else
  -- A set that was empty is a new key, without an expiry.
  if count == 1 then
    keepWithRecords(INDEX)
    keepWithRecords(EXPIRIES)
  end
  if late then keepWithRecords(LATE) end
end
if #changes > 0 then call('HSET', RECORDS, unpack(changes)) end
call('ZREMRANGEBYSCORE', SEEN, '-inf', '(' .. text(now - 24 * HOUR))
call('ZADD', SEEN, nowText, id)
if renews then call('PEXPIRE', SEEN, left) end
call('PUBLISH', 'sg:wake', ARGV[7])
return withFreed({late and 2 or 1, from, to})
