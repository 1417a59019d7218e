namespace SetGet.Client;

/// <summary>
/// Sets events, and reads them by webhook key. Every method obeys its cancellation token, sends again what may be sent again
/// (network faults, 429 and 503, no sooner than <c>Retry-After</c> says), and throws <see cref="SetGetException"/> for whatever
/// the API refuses.
/// </summary>
/// <remarks>
/// Register it with <see cref="SetGetClientExtensions.AddSetGetClient"/>. It is safe to use from many threads at once. Where the
/// API key spans accounts, set <see cref="SetGetClientOptions.Account"/>.
/// </remarks>
public interface ISetGetClient
{
    /// <summary>The newest event of a webhook key; null where there is none.</summary>
    /// <param name="webhookKey">1 to 128 of A-Z a-z 0-9 . _ - : beginning with a letter or digit.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<SetGetEvent?> GetAsync(string webhookKey, CancellationToken cancellationToken = default);

    /// <summary>The newest event of each webhook key that has one, by key. Any number of keys: they are asked for in thousands.</summary>
    Task<IReadOnlyDictionary<string, SetGetEvent>> GetManyAsync(IReadOnlyCollection<string> webhookKeys, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until a webhook key has an event, or, with <paramref name="otherThanId"/>, another one than that. Null when the
    /// time is up. Any time: the client asks again as often as the API's 20 seconds make necessary.
    /// </summary>
    /// <param name="webhookKey">The webhook key.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="otherThanId">The id of the event that the caller has; null: any event will do.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<SetGetEvent?> WaitAsync(string webhookKey, TimeSpan timeout, string? otherThanId = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// What is kept under a webhook key, oldest first, page after page. Each event carries the cursor behind its page: keep it
    /// to go on from there later, in this process or another.
    /// </summary>
    /// <param name="webhookKey">The webhook key.</param>
    /// <param name="after">A cursor, to begin behind it; null: from the oldest.</param>
    /// <param name="follow">True: when all is read, wait for new events, without an end. False: end.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    IAsyncEnumerable<ListedEvent> EventsAsync(string webhookKey, string? after = null, bool follow = false, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the oldest events of a webhook key. With a lease they come back when it ends, unless <see cref="AckAsync"/> is
    /// called before; without one they are gone. A take without a lease is never sent again, because its answer may have been lost.
    /// </summary>
    /// <param name="webhookKey">The webhook key.</param>
    /// <param name="max">1 to 100.</param>
    /// <param name="lease">Whole seconds, 1 to 3600; null: no lease.</param>
    /// <param name="wait">How long to wait for an event, at most 20 seconds.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<TakenBatch> TakeAsync(string webhookKey, int max = 1, TimeSpan? lease = null, TimeSpan wait = default, CancellationToken cancellationToken = default);

    /// <summary>The leased events are gone for good. False: the lease had ended, and they are back.</summary>
    Task<bool> AckAsync(string webhookKey, string leaseId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets an event. It is sent again until the API has answered, with an idempotency key (the caller's, else one of its own),
    /// so that it is one event however often it was sent.
    /// </summary>
    /// <returns>The event's id, once it is durable. It is readable shortly after.</returns>
    Task<AcceptedSet> SetAsync(SetEvent setEvent, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends a raw webhook, as <see cref="SetAsync"/> sends an event; signed by Standard Webhooks where <see cref="SetGetClientOptions.SigningSecret"/> is set.
    /// </summary>
    /// <returns>The event's id, once it is durable, and the keys; the gateway does not know those of the flow's rules.</returns>
    Task<AcceptedSet> HookAsync(HookEvent hook, CancellationToken cancellationToken = default);

    /// <summary>Forgets a webhook key and its events; false where there was nothing.</summary>
    Task<bool> DeleteAsync(string webhookKey, CancellationToken cancellationToken = default);
}
