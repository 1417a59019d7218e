using System.Net.Http.Json;

namespace SetGet.AppHost;

/// <summary>What an operator can do with the API from the dashboard, and where to go on.</summary>
internal static class ApiCommands
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public static IResourceBuilder<ProjectResource> WithOperatorTools(
        this IResourceBuilder<ProjectResource> api,
        IResourceBuilder<ParameterResource> rootKey)
        => api
            .WithUrlForEndpoint("http", url => url.DisplayText = "API")
            .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = "/docs", DisplayText = "Try it" })
            .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = "/ops", DisplayText = "Operators" })
            .WithCommand(
                "send-test-event",
                "Send a test event",
                context => PostAsync(api, rootKey, "/set", TestEvent(), context.CancellationToken),
                new CommandOptions
                {
                    Description = "Sets an event of account 'acme' under the webhook key 'test'.",
                    IconName = "Send",
                    IsHighlighted = true,
                })
            .WithCommand(
                "redrive-dead-letters",
                "Redrive the dead letters",
                context => PostAsync(api, rootKey, "/dead-letters/redrive", body: null, context.CancellationToken),
                new CommandOptions
                {
                    Description = "Sends every dead letter back to the queue.",
                    ConfirmationMessage = "Send every dead letter back to the queue?",
                    IconName = "ArrowUndo",
                });

    private static object TestEvent() => new
    {
        accountId = "acme",
        flowId = "test",
        webhookKeys = new[] { "test" },
        data = new { from = "the dashboard", number = Random.Shared.Next() },
    };

    private static async Task<ExecuteCommandResult> PostAsync(
        IResourceBuilder<ProjectResource> api,
        IResourceBuilder<ParameterResource> rootKey,
        string path,
        object? body,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(api.GetEndpoint("http").Url), path));
        request.Headers.Add("X-Api-Key", await rootKey.Resource.GetValueAsync(cancellationToken));
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await Requests.SendAsync(Http, request, cancellationToken);
    }
}
