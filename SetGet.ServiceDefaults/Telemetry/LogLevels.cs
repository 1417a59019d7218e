using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SetGet.ServiceDefaults.Telemetry;

/// <summary>
/// What frameworks have to say of every request, and of every connection that they make, is in traces and metrics already. Configuration still decides where it
/// names one of these categories (<c>Logging:LogLevel:Microsoft.AspNetCore</c>).
/// </summary>
internal static class LogLevels
{
    private static readonly string[] Quiet = ["Microsoft.AspNetCore", "System.Net.Http.HttpClient", "StackExchange.Redis"];

    internal static void Add(IHostApplicationBuilder builder)
    {
        foreach (var category in Quiet)
            if (string.IsNullOrEmpty(builder.Configuration[$"Logging:LogLevel:{category}"]))
                builder.Logging.AddFilter(category, LogLevel.Warning);
    }
}
