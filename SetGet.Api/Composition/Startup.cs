using Microsoft.Extensions.Options;

namespace SetGet.Api.Composition;

/// <summary>Runs the process; what is wrong with its configuration ends it at once, in plain words.</summary>
internal static class Startup
{
    /// <summary>The exit code of sysexits.h for a configuration error.</summary>
    private const int ConfigurationError = 78;

    public static async Task<int> RunOrExplainAsync(this WebApplication app)
    {
        try
        {
            // Before the first service is built out of them, so that every mistake is told at once.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (Exception exception) when (Failures(exception) is { Count: > 0 } failures)
        {
            foreach (var failure in failures) await Console.Error.WriteLineAsync("Configuration error: " + failure);
            await app.DisposeAsync();
            return ConfigurationError;
        }

        await app.RunAsync();
        return 0;
    }

    private static List<string> Failures(Exception exception) => exception switch
    {
        OptionsValidationException one => [.. one.Failures],
        AggregateException many => [.. many.InnerExceptions.SelectMany(Failures)],
        _ => [],
    };
}
