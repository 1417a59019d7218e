using System.Net.Http.Json;

namespace SetGet.AppHost;

/// <summary>What an operator can do with the API from the dashboard, and where to go on.</summary>
internal static class ApiCommands
{
    public static IResourceBuilder<ProjectResource> WithOperatorTools(this IResourceBuilder<ProjectResource> api, IResourceBuilder<ParameterResource> rootKey)
    {
        return api
            .WithUrlForEndpoint("http", url => url.DisplayText = "API")
            .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = "/docs", DisplayText = "Try it" })
            .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = "/ops", DisplayText = "Operators" })
            .WithPostCommand("send-test-event", "Send a test event", "/set", "http", SendTestEvent, async context =>
            {
                await AuthorizeAsync(context);
                context.Request.Content = JsonContent.Create(TestEvent());
            })
            .WithPostCommand("redrive-dead-letters", "Redrive the dead letters", "/dead-letters/redrive", "http", RedriveDeadLetters, AuthorizeAsync);

        async Task AuthorizeAsync(HttpCommandRequestContext context)
            => context.Request.Headers.Add("X-Api-Key", await rootKey.Resource.GetValueAsync(context.CancellationToken));
    }

    private static HttpCommandOptions SendTestEvent => new()
    {
        Description = "Sets an event of account 'acme' under the webhook key 'test'.",
        IconName = "Send",
        IsHighlighted = true,
    };

    private static HttpCommandOptions RedriveDeadLetters => new()
    {
        Description = "Sends every dead letter back to the queue.",
        ConfirmationMessage = "Send every dead letter back to the queue?",
        IconName = "ArrowUndo",
    };

    private static object TestEvent() => new
    {
        accountId = "acme",
        flowId = "test",
        webhookKeys = new[] { "test" },
        data = new { from = "the dashboard", number = Random.Shared.Next() },
    };
}
