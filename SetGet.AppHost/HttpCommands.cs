using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace SetGet.AppHost;

/// <summary>Commands of the dashboard that are a request to the resource.</summary>
internal static class HttpCommands
{
    private const string ClientName = "commands";

    /// <summary>
    /// Adds a POST as a command. It fails with what the answer says, where that is no success, and after thirty seconds: the API itself gives up
    /// sooner, and says why.
    /// </summary>
    /// <param name="prepare">Adds headers and content.</param>
    public static IResourceBuilder<T> WithPostCommand<T>(
        this IResourceBuilder<T> resource,
        string name, string displayName, string path, string endpoint, HttpCommandOptions options, Func<HttpCommandRequestContext, Task> prepare)
        where T : IResourceWithEndpoints
    {
        resource.ApplicationBuilder.Services.AddHttpClient(ClientName, client => client.Timeout = TimeSpan.FromSeconds(30))
            // The app host records no traces: its context would say that this one is not to be recorded either.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { ActivityHeadersPropagator = null });
        options.HttpClientName = ClientName;
        options.PrepareRequest = prepare;
        options.GetCommandResult = ReadAnswerAsync;
        return resource.WithHttpCommand(path, displayName, endpoint, name, options);
    }

    private static async Task<ExecuteCommandResult> ReadAnswerAsync(HttpCommandResultContext context)
        => context.Response.IsSuccessStatusCode
            ? CommandResults.Success()
            : CommandResults.Failure(
                $"{(int)context.Response.StatusCode}: {Detail(await context.Response.Content.ReadAsStringAsync(context.CancellationToken))}");

    /// <summary>What a problem document says in words; else all of the answer.</summary>
    private static string Detail(string answer)
    {
        try
        {
            return (string?)JsonNode.Parse(answer)?["detail"] ?? answer;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return answer;
        }
    }
}
