using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>All that decides how a client connects.</summary>
internal sealed record RedisConnectionRecipe(
    StackExchangeRedisSettings Settings,
    IConfigurationSection[] Sections,
    string ConnectionName,
    Action<ConfigurationOptions>? Configure)
{
    private const int SyncTimeoutMilliseconds = 5000;
    private const int ReconnectMilliseconds = 500;

    /// <exception cref="InvalidOperationException">No endpoint is configured, or an option cannot be honoured.</exception>
    internal ConfigurationOptions Build()
    {
        var options = Parse(Settings.ConnectionString ?? "");
        foreach (var section in Sections)
            section.GetSection("ConfigurationOptions").Bind(options);
        Configure?.Invoke(options);
        if (options.EndPoints.Count == 0)
            throw new InvalidOperationException(
                $"No Redis endpoint is configured. Set 'ConnectionStrings:{ConnectionName}', for example to "
                + $"'localhost:6379,password=...', or '{Sections[^1].Path}:ConnectionString'.");
        return options;
    }

    /// <summary>
    /// This client is older than some options of the format. Those that only tune a newer one are left out; a user other
    /// than the default one cannot be, because the client would log in as somebody else.
    /// </summary>
    private ConfigurationOptions Parse(string connectionString)
    {
        var names = Names(connectionString);
        if (names.TryGetValue("user", out var user) && user is not ("" or "default"))
            throw new InvalidOperationException(
                $"'ConnectionStrings:{ConnectionName}' names the Redis user '{user}'; this client logs in as the default user only. "
                + "Leave 'user' out, or use the official packages.");
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(connectionString, ignoreUnknown: true);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new InvalidOperationException($"'ConnectionStrings:{ConnectionName}' is no Redis connection string.", error);
        }

        if (!names.ContainsKey("abortConnect"))
            options.AbortOnConnectFail = false;
        if (!names.ContainsKey("syncTimeout"))
            options.SyncTimeout = SyncTimeoutMilliseconds;
        // The client's own pace, one try in five seconds, is too slow for a server that was only restarted.
        options.ReconnectRetryPolicy = new LinearRetry(ReconnectMilliseconds);
        return options;
    }

    private static Dictionary<string, string> Names(string connectionString)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (part.IndexOf('=') is > 0 and var at)
                names[part[..at].TrimEnd()] = part[(at + 1)..].TrimStart();
        return names;
    }
}
