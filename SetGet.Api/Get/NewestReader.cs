using SetGet.Api.Http;
using SetGet.Api.Telemetry;
using SetGet.Core;

namespace SetGet.Api.Get;

/// <summary>Reads the newest event of a key, and waits for one that the caller does not have.</summary>
internal sealed class NewestReader
{
    private readonly EventStore _store;
    private readonly EventWaiter _waiter;
    private readonly ApiMetrics _metrics;
    private readonly TimeProvider _time;

    public NewestReader(EventStore store, EventWaiter waiter, ApiMetrics metrics, TimeProvider time)
    {
        _store = store;
        _waiter = waiter;
        _metrics = metrics;
        _time = time;
    }

    /// <summary>The newest event: null where there is none; one that the caller knows where no other came in time.</summary>
    public async Task<StoredEvent?> ReadAsync(string account, string key, EntityTags known, TimeSpan wait, CancellationToken cancellation)
    {
        var found = wait > TimeSpan.Zero
            ? await WaitAsync(account, key, known, wait, cancellation)
            : await ReadOnceAsync(account, key, cancellation);
        _metrics.Read(found is not null);
        return found;
    }

    private async Task<StoredEvent?> ReadOnceAsync(string account, string key, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        var found = await _store.GetNewestAsync(account, key, cancellation);
        _metrics.GotIn(_time.GetElapsedTime(started));
        return found;
    }

    /// <summary>A caller who names several tags waits past each of them: the newest may go from one known event to another.</summary>
    private async Task<StoredEvent?> WaitAsync(string account, string key, EntityTags known, TimeSpan wait, CancellationToken cancellation)
    {
        using var waiting = _metrics.Wait();
        var started = _time.GetTimestamp();
        var found = known.Any ? await _store.GetNewestAsync(account, key, cancellation) : null;
        while (found is null || (known.Contain(found.Id) && !known.IsAny))
        {
            var left = wait - _time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) break;
            found = await _waiter.NewestAsync(account, key, found?.Id, left, cancellation) ?? await _store.GetNewestAsync(account, key, cancellation);
            if (found is null) break;
        }

        return found;
    }
}
