-- KEYS[7]: the lease. Answers {1, buckets that the webhook key leaves and comes to, bucket and bytes of each event}; {0} when there is no such lease, or it ran out.
if purge() then settle() end
local lease = call('GET', KEYS[7])
if not lease then return {0} end
local bar = string.find(lease, '|', 1, true)
if tonumber(string.sub(lease, 1, bar - 1)) <= now then return {0} end
local ids = {}
for i = bar + 1, #lease, 16 do ids[#ids + 1] = string.sub(lease, i, i + 15) end
release(ids)
call('DEL', KEYS[7])
settle()
local from, to = recount()
return withFreed({1, from, to})
