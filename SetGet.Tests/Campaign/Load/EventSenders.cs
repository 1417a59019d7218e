using System.Net;
using System.Text;
using System.Text.Json;
using SetGet.Tests.Campaign.Checking;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Load;

/// <summary>Sends the plan's events by four ways, each again until it is accepted, where it carries an idempotency key.</summary>
internal sealed class EventSenders(World world, Plan plan, Checker checker, Backlog backlog, Calls calls)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private int _next = -1;

    /// <summary>How many events were begun.</summary>
    internal int Begun => Volatile.Read(ref _next) + 1;

    /// <summary>Sends until it is told to stop; what has begun is finished.</summary>
    internal async Task RunAsync(int count, CancellationToken stop)
    {
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => RunOneAsync(stop)));
    }

    private async Task RunOneAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await backlog.HasRoomAsync(stop);
            if (stop.IsCancellationRequested) return;
            var planned = plan[Interlocked.Increment(ref _next)];
            var isAccepted = await SendAsync(planned);
            while (!isAccepted && planned.IsIdempotent && !stop.IsCancellationRequested)
            {
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
                isAccepted = await SendAsync(planned);
            }

            if (isAccepted && planned.IsSentTwice) await SendAsync(planned);
        }
    }

    private async Task<bool> SendAsync(PlannedEvent planned)
    {
        checker.Sending(planned.Number);
        var call = await calls.SendAsync(planned.Way is Way.ApiSet or Way.ApiHook ? world.Apis : null, () => Request(planned));
        if (call.Status == HttpStatusCode.Accepted)
        {
            using var answer = JsonDocument.Parse(call.Body);
            checker.Accepted(planned.Number, answer.RootElement.GetProperty("id").GetGuid());
            return true;
        }

        checker.Uncertain(planned.Number);
        return false;
    }

    private HttpRequestMessage Request(PlannedEvent planned)
    {
        var isSet = planned.Way is Way.ApiSet or Way.GatewaySet;
        var path = isSet ? "set" : $"hooks/{planned.Account.Id}/flow/{planned.Keys[0]}{Query(planned)}";
        var atGateway = planned.Way is Way.GatewaySet or Way.GatewayHook;
        var request = new HttpRequestMessage(HttpMethod.Post, atGateway ? new Uri(world.Gateway, "v1/" + path).ToString() : path)
        {
            Content = new StringContent(isSet ? SetBody(planned) : $"\"{planned.Data}\"", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Api-Key", atGateway ? planned.Account.GatewaySecret : World.RootKey);
        if (planned.IsIdempotent) request.Headers.Add("Idempotency-Key", $"{plan.Seed}-{planned.Number}");
        return request;
    }

    private static string Query(PlannedEvent planned)
    {
        var more = string.Join(',', planned.Keys.Skip(1));
        return (more, planned.TtlSeconds) switch
        {
            ("", null) => "",
            ("", { } ttl) => $"?ttl={ttl}",
            (_, null) => $"?key={more}",
            (_, { } ttl) => $"?key={more}&ttl={ttl}",
        };
    }

    private static string SetBody(PlannedEvent planned)
        => $$"""{"accountId":"{{planned.Account.Id}}","flowId":"flow","webhookKeys":["{{string.Join("\",\"", planned.Keys)}}"],"data":"{{planned.Data}}"{{(planned.TtlSeconds is { } ttl ? $",\"ttlSeconds\":{ttl}" : "")}}}""";
}
