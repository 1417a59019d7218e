using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace SetGet.AppHost;

/// <summary>The ports that every run has: which they are, and what to do where another program has one.</summary>
internal static class FixedPorts
{
    private const string Section = "Ports";
    private const string Switches = "dotnet run --project SetGet.AppHost -- ";

    /// <summary>How far the port lies that is offered in the place of a taken one: all of a second SetGet's are then free of the first's.</summary>
    private const int Aside = 100;

    /// <summary>The API's second endpoint, where the launch profile asks for HTTPS.</summary>
    public const string ApiHttps = "api-https";

    private static readonly string[] Names = ["api", ApiHttps, "gateway", "sqs", "redis"];

    /// <summary>How long a SetGet that was just stopped may hold its ports: its orchestrator ends some seconds after it.</summary>
    private static readonly TimeSpan EndingLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>Aspire's own addresses, by the key that each is configured under.</summary>
    private static readonly (string Key, string What)[] Addresses =
    [
        ("ASPNETCORE_URLS", "the dashboard"),
        ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "the dashboard's telemetry"),
        ("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "the dashboard's telemetry over HTTP"),
        ("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", "the app host, for its dashboard"),
    ];

    /// <summary>A port as the configuration has it under <c>Ports:NAME</c>, else the usual one.</summary>
    public static int Port(this IDistributedApplicationBuilder builder, string name, int usual)
        => Read(builder.Configuration[$"{Section}:{name}"]) ?? usual;

    /// <summary>
    /// Refuses a run that would look well and answer nothing: where a port is taken, the orchestrator waits for it without a word.
    /// </summary>
    /// <exception cref="DistributedApplicationException">A port is taken, or <c>Ports</c> is configured wrongly; the message says what to do.</exception>
    public static async Task RequireFreePortsAsync(this IDistributedApplicationBuilder builder, TimeProvider time)
    {
        if (!builder.ExecutionContext.IsRunMode || builder.IsUnderTest()) return;
        RequireReadable(builder.Configuration);
        var wanted = Wanted(builder).ToList();
        var taken = Taken(wanted);
        if (taken.Exists(port => port.MayBeOurs))
            await Console.Out.WriteLineAsync("Ports of SetGet are still in use. Waiting up to ten seconds, in case that one is just ending …");
        for (var started = time.GetTimestamp(); taken.Exists(port => port.MayBeOurs) && time.GetElapsedTime(started) < EndingLimit; taken = Taken(wanted))
            await Task.Delay(Step, time, CancellationToken.None);
        if (taken.Count > 0) throw new DistributedApplicationException(Explain(taken));
    }

    private static IEnumerable<WantedPort> Wanted(IDistributedApplicationBuilder builder)
    {
        foreach (var resource in builder.Resources)
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                if (endpoint.Port is not { } port) continue;
                // Of a resource with one endpoint the key has the resource's name.
                var name = Names.Contains(endpoint.Name) ? endpoint.Name : resource.Name;
                yield return new WantedPort(port, name, $"--{Section}:{name} {port + Aside}");
            }

        foreach (var (key, what) in Addresses)
            foreach (var text in (builder.Configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
                if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Port > 0)
                    yield return new WantedPort(address.Port, what, $"--{key} {address.Scheme}://{address.Host}:{address.Port + Aside}");
    }

    /// <summary>What listens is listed, not tried: on some systems a port of one address can be opened beside the same of another.</summary>
    private static List<TakenPort> Taken(IEnumerable<WantedPort> wanted)
    {
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(each => IPAddress.IsLoopback(each.Address) || each.Address.Equals(IPAddress.Any) || each.Address.Equals(IPAddress.IPv6Any))
            .Select(each => each.Port)
            .ToHashSet();
        return [.. wanted.Where(each => listening.Contains(each.Port)).Select(each => new TakenPort(each, PortHolder.Of(each.Port)))];
    }

    private static string Explain(List<TakenPort> taken)
    {
        var text = new StringBuilder("SetGet does not start: ");
        if (PortHolder.OtherAppHost() is { } other && taken.TrueForAll(port => port.MayBeOurs))
            return text.Append($"it runs already, as process {other}, and has the ports {string.Join(", ", taken.Select(port => port.Wanted.Port))}. ")
                .Append("End it by Ctrl+C where it was started, or end that process: all that it started follows within seconds. To run two, take a clone for each, as the data lies in it, and other ports here: ")
                .Append(Switches).AppendJoin(' ', taken.Select(port => port.Wanted.Change)).ToString();
        text.Append("other programs have ports that it needs.");
        foreach (var (wanted, holder) in taken)
        {
            text.AppendLine().Append($"  {wanted.Port} ({wanted.What}): ");
            text.Append(holder is null ? $"find out who has it by: {PortHolder.HowToFind(wanted.Port)}" : $"'{holder.Name}', process {holder.Id}, has it");
            text.Append($". End that program, or give SetGet another port: {wanted.Change}");
        }

        return text.AppendLine().Append("Switches come behind two dashes: ").Append(Switches).Append(taken[0].Wanted.Change).ToString();
    }

    private static void RequireReadable(IConfiguration configuration)
    {
        foreach (var entry in configuration.GetSection(Section).GetChildren())
        {
            if (!Names.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
                throw new DistributedApplicationException($"{entry.Path} is no port of SetGet: there are {string.Join(", ", Names.Select(name => $"{Section}:{name}"))}.");
            if (Read(entry.Value) is null)
                throw new DistributedApplicationException($"{entry.Path} is '{entry.Value}': a port is a number from 1 to 65535.");
        }
    }

    private static int? Read(string? text)
        => ushort.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var port) && port > 0 ? port : null;

    private sealed record WantedPort(int Port, string What, string Change);

    private sealed record TakenPort(WantedPort Wanted, PortHolder? Holder)
    {
        public bool MayBeOurs => Holder is null or { IsOurs: true };
    }
}
