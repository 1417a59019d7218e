using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Redis;

/// <summary>A Redis server is healthy while it lets us in and answers PING.</summary>
internal sealed class RedisHealthCheck : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private readonly RedisResource _redis;

    public RedisHealthCheck(RedisResource redis) => _redis = redis;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("localhost", _redis.PrimaryEndpoint.Port, limit.Token);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            if (_redis.PasswordParameter is { } password)
            {
                var answer = await SendAsync(stream, reader, ["AUTH", await password.GetValueAsync(limit.Token) ?? ""], limit.Token);
                if (answer != "+OK")
                    return HealthCheckResult.Unhealthy($"AUTH answers {answer}");
            }

            var pong = await SendAsync(stream, reader, ["PING"], limit.Token);
            return pong == "+PONG" ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"PING answers {pong}");
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return HealthCheckResult.Unhealthy($"{_redis.PrimaryEndpoint.Url} does not answer: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"{_redis.PrimaryEndpoint.Url} did not answer within {Timeout.TotalSeconds} seconds.");
        }
    }

    private static async Task<string?> SendAsync(Stream stream, StreamReader reader, string[] words, CancellationToken cancellationToken)
    {
        var command = new StringBuilder($"*{words.Length}\r\n");
        foreach (var word in words)
            command.Append(System.Globalization.CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command.ToString()), cancellationToken);
        return await reader.ReadLineAsync(cancellationToken);
    }
}
