using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;

namespace SetGet.Client;

/// <summary>The HTTP contract as methods.</summary>
internal sealed class SetGetClient(SetGetTransport transport, IOptions<SetGetClientOptions> options, TimeProvider time) : ISetGetClient
{
    private const int ManyAtOnce = 1000;

    /// <summary>The longest that the API waits.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly SetGetTransport _transport = transport;
    private readonly SetGetClientOptions _options = options.Value;
    private readonly string? _account = options.Value.Account;
    private readonly TimeProvider _time = time;

    public Task<SetGetEvent?> GetAsync(string webhookKey, CancellationToken cancellationToken = default)
        => ReadNewestAsync(webhookKey, TimeSpan.Zero, null, cancellationToken);

    public async Task<IReadOnlyDictionary<string, SetGetEvent>> GetManyAsync(
        IReadOnlyCollection<string> webhookKeys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhookKeys);
        var found = new Dictionary<string, SetGetEvent>(StringComparer.Ordinal);
        foreach (var chunk in webhookKeys.Distinct(StringComparer.Ordinal).Chunk(ManyAtOnce))
        {
            var body = new ManyBody(_account, chunk);
            using var response = await _transport.SendAsync(
                () => WithJson(new HttpRequestMessage(HttpMethod.Post, "get"), body, ClientJson.Default.ManyBody), TimeSpan.Zero, mayRepeat: true, [],
                    cancellationToken);
            var answer = await ReadAsync(response, ClientJson.Default.ManyResultsBody, cancellationToken);
            foreach (var each in answer.Results.Where(each => each.Found)) found[each.WebhookKey!] = each.ToEvent();
        }

        return found;
    }

    public async Task<SetGetEvent?> WaitAsync(string webhookKey, TimeSpan timeout, string? otherThanId = null, CancellationToken cancellationToken = default)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            var left = timeout - _time.GetElapsedTime(started);
            if (left < TimeSpan.Zero) left = TimeSpan.Zero;
            var wait = left < LongestWait ? left : LongestWait;
            var found = await ReadNewestAsync(webhookKey, wait, otherThanId, cancellationToken);
            if (found is not null || left <= LongestWait) return found;
        }
    }

    public async IAsyncEnumerable<ListedEvent> EventsAsync(
        string webhookKey, string? after = null, bool follow = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var page = await ReadPageAsync(webhookKey, after, follow, cancellationToken);
            for (var i = 0; i < page.Events.Count; i++)
                yield return new ListedEvent(page.Events[i].ToEvent(), i == page.Events.Count - 1 ? page.Next : null);
            after = page.Next;
            if (page.Events.Count == 0 && !follow) yield break;
        }
    }

    public async Task<TakenBatch> TakeAsync(
        string webhookKey, int max = 1, TimeSpan? lease = null, TimeSpan wait = default, CancellationToken cancellationToken = default)
    {
        var url = Url(webhookKey, "/take", ("max", Text(max)), ("lease", lease is { } time ? Text(time.TotalSeconds) : null),
            ("wait", Text(wait.TotalSeconds)));
        // With a lease, events whose answer is lost come back by themselves.
        using var response = await _transport.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, url), wait, mayRepeat: lease is not null, [], cancellationToken);
        var taken = await ReadAsync(response, ClientJson.Default.EventsBody, cancellationToken);
        return new TakenBatch([.. taken.Events.Select(each => each.ToEvent())], taken.LeaseId);
    }

    public async Task<bool> AckAsync(string webhookKey, string leaseId, CancellationToken cancellationToken = default)
    {
        var url = Url(webhookKey, "/ack");
        using var response = await _transport.SendAsync(
            () => WithJson(new HttpRequestMessage(HttpMethod.Post, url), new LeaseBody(leaseId), ClientJson.Default.LeaseBody),
            TimeSpan.Zero, mayRepeat: true, [HttpStatusCode.Conflict], cancellationToken);
        return response.IsSuccessStatusCode;
    }

    public async Task<AcceptedSet> SetAsync(SetEvent setEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setEvent);
        var body = SetBody.Of(setEvent, setEvent.AccountId ?? _account);
        var key = setEvent.IdempotencyKey ?? Guid.CreateVersion7(_time.GetUtcNow()).ToString();
        using var response = await _transport.SendAsync(() => SetBody.Request(body, key), TimeSpan.Zero, mayRepeat: true, [], cancellationToken);
        return await ReadAsync(response, ClientJson.Default.AcceptedSet, cancellationToken);
    }

    public async Task<AcceptedSet> HookAsync(HookEvent hook, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hook);
        var request = new HookRequest(hook, _options, _time);
        using var response = await _transport.SendAsync(request.Create, TimeSpan.Zero, mayRepeat: true, [], cancellationToken);
        return await ReadAsync(response, ClientJson.Default.AcceptedSet, cancellationToken);
    }

    public async Task<bool> DeleteAsync(string webhookKey, CancellationToken cancellationToken = default)
    {
        var url = Url(webhookKey, "");
        using var response = await _transport.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Delete, url), TimeSpan.Zero, mayRepeat: true, [HttpStatusCode.NotFound], cancellationToken);
        return response.IsSuccessStatusCode;
    }

    private async Task<SetGetEvent?> ReadNewestAsync(string webhookKey, TimeSpan wait, string? otherThanId, CancellationToken cancellationToken)
    {
        var url = Url(webhookKey, "", ("wait", Text(wait.TotalSeconds)));
        using var response = await _transport.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, url);
                if (otherThanId is not null) request.Headers.TryAddWithoutValidation("If-None-Match", $"\"{otherThanId}\"");
                return request;
            },
            wait, mayRepeat: true, [HttpStatusCode.NotFound, HttpStatusCode.NotModified], cancellationToken);
        return response.IsSuccessStatusCode ? await EventHeaders.ReadAsync(response, cancellationToken) : null;
    }

    private async Task<EventsBody> ReadPageAsync(string webhookKey, string? after, bool follow, CancellationToken cancellationToken)
    {
        var wait = follow ? LongestWait : TimeSpan.Zero;
        var url = Url(webhookKey, "/events", ("limit", "1000"), ("after", after), ("wait", Text(wait.TotalSeconds)));
        using var response = await _transport.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, url), wait, mayRepeat: true, [], cancellationToken);
        return await ReadAsync(response, ClientJson.Default.EventsBody, cancellationToken);
    }

    private string Url(string webhookKey, string tail, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        ArgumentException.ThrowIfNullOrEmpty(webhookKey);
        var url = $"get/{Uri.EscapeDataString(webhookKey)}{tail}?";
        if (_account is not null) url += $"account={Uri.EscapeDataString(_account)}&";
        foreach (var (name, value) in query)
            if (value is not (null or "0")) url += $"{name}={Uri.EscapeDataString(value)}&";
        return url.TrimEnd('&', '?');
    }

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private static HttpRequestMessage WithJson<T>(HttpRequestMessage request, T body, JsonTypeInfo<T> type)
    {
        request.Content = JsonContent.Create(body, type);
        return request;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
        => await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new SetGetException("The API answered with null.");
}
