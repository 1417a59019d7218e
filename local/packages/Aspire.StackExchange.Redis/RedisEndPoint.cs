using System.Collections.Concurrent;
using System.Net;

namespace Aspire.StackExchange.Redis;

/// <summary>Host and port of an endpoint, as telemetry and logs name them.</summary>
internal sealed record RedisEndPoint(string Host, int Port)
{
    // Few, and they live as long as the client.
    private static readonly ConcurrentDictionary<EndPoint, RedisEndPoint> Known = new();

    internal static RedisEndPoint Of(EndPoint endPoint) => Known.GetOrAdd(endPoint, static found => found switch
    {
        DnsEndPoint dns => new RedisEndPoint(dns.Host, dns.Port),
        IPEndPoint ip => new RedisEndPoint(ip.Address.ToString(), ip.Port),
        _ => new RedisEndPoint(found.ToString() ?? "unknown", 0),
    });

    public override string ToString() => $"{Host}:{Port}";
}
