using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SetGet.ServiceDefaults.Health;

namespace SetGet.ServiceDefaults;

/// <summary>Runs a SetGet process; what is wrong with its configuration ends it at once, in plain words.</summary>
public static class ProcessStart
{
    /// <summary>The exit code of a process whose configuration is wrong: that of sysexits.h.</summary>
    public const int ConfigurationError = 78;

    /// <summary>Builds and runs the application, or answers a health probe. The exit code.</summary>
    /// <param name="onFault">Told of what keeps the process from starting, whatever it is.</param>
    public static async Task<int> RunAsync(
        string[] arguments, Func<WebApplicationBuilder, Task<WebApplication>> build, Func<Exception, Task>? onFault = null)
    {
        ArgumentNullException.ThrowIfNull(build);
        if (await HealthProbe.RunAsync(arguments) is { } exitCode) return exitCode;
        try
        {
            await using var app = await build(WebApplication.CreateBuilder(arguments));
            // Before the first service is built out of them, so that every mistake is told at once.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.RunAsync();
            return 0;
        }
        catch (Exception fault)
        {
            if (onFault is not null) await onFault(fault);
            if (Failures(fault) is not { Count: > 0 } failures) throw;
            foreach (var failure in failures) await Console.Error.WriteLineAsync("Configuration error: " + failure);
            return ConfigurationError;
        }
    }

    private static List<string> Failures(Exception exception) => exception switch
    {
        OptionsValidationException one => [.. one.Failures],
        AggregateException many => [.. many.InnerExceptions.SelectMany(Failures)],
        _ => [],
    };
}
