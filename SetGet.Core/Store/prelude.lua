-- What all scripts of one webhook key share. Layout and reasons: docs/store.md.
-- KEYS: 1 index (id -> acceptedAt), 2 records (hash), 3 expiries (id -> expiresAt), 4 leased (id -> leased until),
--       5 late (id -> arrival sequence), 6 seen (id -> stored at), 7 one lease (only where a script says so)
-- ARGV[1]: now, epoch milliseconds. Ids are 16 bytes. Record fields that are no id: n newest record, ni its id, l next lease expiry,
-- s last arrival sequence, ma and mi acceptedAt and id of the last event by order that ever came, e when the keys expire,
-- k the bucket in which this webhook key is counted as one that lives.
-- A server may be killed between two writes of a script, and keep the first of them (Garnet). So writes are in such an order that any first
-- part of them is harmless, and is made whole by the next delivery, the next script, or the end of a lease: see docs/store.md.
local INDEX, RECORDS, EXPIRIES, LEASED, LATE, SEEN = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local call, unpack = redis.call, unpack or table.unpack
local nowText, now = ARGV[1], tonumber(ARGV[1])
local HOUR = 3600000

-- Numbers beyond 2^31 print with an exponent in Lua 5.1.
local function text(number) return string.format('%.0f', number) end

-- The order of events: acceptedAt, then id byte by byte (the comparison of Lua strings depends on the server's locale).
local function isAfter(at1, id1, at2, id2)
  if at1 ~= at2 then return at1 > at2 end
  for i = 1, 16 do
    local a, b = string.byte(id1, i), string.byte(id2, i)
    if a ~= b then return a > b end
  end
  return false
end

local function number(record, first, last)
  local value = 0
  for i = first, last do value = value * 256 + string.byte(record, i) end
  return value
end

local function isShared(record) return string.byte(record, 1) % 2 == 1 end
local function acceptedAt(record) return number(record, 2, 7) end
local function dataLength(record) return number(record, 30, 33) end

local function records(ids)
  local found = call('HMGET', RECORDS, unpack(ids))
  local newest = call('HGET', RECORDS, 'ni')
  if newest then
    for i = 1, #ids do
      if ids[i] == newest then found[i] = call('HGET', RECORDS, 'n') end
    end
  end
  return found
end

-- Forgets events, but not that they were seen. The expiry goes last: as long as it is there, the rest goes with the next purge. The newest record
-- stays, until settle has another in its place.
local function drop(ids)
  if #ids == 0 then return end
  call('ZREM', INDEX, unpack(ids))
  call('ZREM', LEASED, unpack(ids))
  call('ZREM', LATE, unpack(ids))
  call('HDEL', RECORDS, unpack(ids))
  call('ZREM', EXPIRIES, unpack(ids))
end

-- By the minute, or by the hour where events live for more than a day. As LiveCounts.Bucket.
local function bucketOf(from, ends)
  local size = ends - from > 24 * HOUR and HOUR or 60000
  return math.ceil(ends / size) * size
end

-- What leaves before it expires, as {bucket, bytes, bucket, bytes, ...}: the account's live counts are elsewhere, and the caller's to change.
local freed = {}

local function bucket(record) return text(bucketOf(number(record, 2, 7), number(record, 8, 13))) end

local function release(ids)
  for first = 1, #ids, 100 do
    local part = {}
    for i = first, math.min(first + 99, #ids) do part[#part + 1] = ids[i] end
    local found = records(part)
    for i = 1, #part do
      if found[i] then
        freed[#freed + 1] = bucket(found[i])
        freed[#freed + 1] = text(dataLength(found[i]))
      end
    end
    drop(part)
  end
end

local function withFreed(answer)
  for i = 1, #freed do answer[#answer + 1] = freed[i] end
  return answer
end

-- Where this webhook key was counted, and where it belongs since events have left. Answers both, '0' for nowhere: the count is elsewhere, and the
-- caller's to change. Of a bucket that has ended nothing is left to take off.
local function recount()
  local counted = tonumber(call('HGET', RECORDS, 'k') or 0) or 0
  local last = tonumber(call('ZREVRANGE', EXPIRIES, 0, 0, 'WITHSCORES')[2] or 0)
  local belongs = last > now and bucketOf(now, last) or 0
  if belongs == counted then return '0', '0' end
  if belongs > 0 then call('HSET', RECORDS, 'k', text(belongs)) else call('HDEL', RECORDS, 'k') end
  return counted > now and text(counted) or '0', text(belongs)
end

-- Arrivals are numbered by the clock where it is ahead: so the count goes on although the keys were gone in between.
local function nextSequence()
  return math.max((tonumber(call('HGET', RECORDS, 's') or 0) or 0) + 1, now)
end

-- Keeps the small sets as long as the records.
local function keepWithRecords(key)
  local left = call('PTTL', RECORDS)
  if left > 0 then call('PEXPIRE', key, left) end
end

-- After every change: the record of the newest event is the field n, so that it is read with one command.
local function settle()
  local top = call('ZREVRANGE', INDEX, 0, 0)[1]
  local newest = call('HGET', RECORDS, 'ni')
  if (top or false) ~= (newest or false) then
    -- Each record is in its new place before it leaves the old one. One that has no expiry any more was dropped.
    if newest and call('ZSCORE', EXPIRIES, newest) then call('HSET', RECORDS, newest, call('HGET', RECORDS, 'n')) end
    while top do
      local record = call('HGET', RECORDS, top)
      if record then
        call('HSET', RECORDS, 'n', record, 'ni', top)
        call('HDEL', RECORDS, top)
        break
      end
      drop({top}) -- an eviction took the record
      top = call('ZREVRANGE', INDEX, 0, 0)[1]
    end
    if newest and not top then call('HDEL', RECORDS, 'n', 'ni') end
  end
  local lease = call('ZRANGE', LEASED, 0, 0, 'WITHSCORES')
  if lease[2] then call('HSET', RECORDS, 'l', lease[2]) else call('HDEL', RECORDS, 'l') end
end

local function giveBack(ids)
  local found, sequence = records(ids), nextSequence()
  for i = 1, #ids do
    if found[i] then
      call('ZADD', INDEX, text(acceptedAt(found[i])), ids[i])
      call('ZADD', LATE, text(sequence), ids[i])
      sequence = sequence + 1
    end
  end
  call('HSET', RECORDS, 's', text(sequence - 1))
  call('ZREM', LEASED, unpack(ids))
  keepWithRecords(INDEX)
  keepWithRecords(LATE)
end

-- Every script begins with this: what has expired is gone, leases that ran out are back. True when something changed.
local function purge()
  local changed = false
  repeat
    local expired = call('ZRANGEBYSCORE', EXPIRIES, '-inf', nowText, 'LIMIT', 0, 500)
    drop(expired)
    changed = changed or #expired > 0
  until #expired < 500
  repeat
    local back = call('ZRANGEBYSCORE', LEASED, '-inf', nowText, 'LIMIT', 0, 500)
    if #back > 0 then giveBack(back) end
    changed = changed or #back > 0
  until #back < 500
  return changed
end

local function hide(ids, untilText, leaseKey)
  call('SET', leaseKey, untilText .. '|' .. table.concat(ids))
  call('PEXPIRE', leaseKey, text(tonumber(untilText) - now + HOUR))
  for i = 1, #ids do call('ZADD', LEASED, untilText, ids[i]) end
  keepWithRecords(LEASED)
  call('ZREM', INDEX, unpack(ids))
end
