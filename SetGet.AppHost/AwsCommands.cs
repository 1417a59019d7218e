using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace SetGet.AppHost;

/// <summary>What an operator can do with the local queues from the dashboard.</summary>
internal static class AwsCommands
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public static IResourceBuilder<ProjectResource> WithOperatorTools(
        this IResourceBuilder<ProjectResource> aws,
        string account)
        => aws
            .WithUrlForEndpoint("sqs", url => url.DisplayText = "SQS")
            .WithUrlForEndpoint("gateway", url =>
            {
                url.DisplayText = "Gateway";
                url.Url += "/v1";
            })
            .WithPurge(account, "setget-events", "Purge the event queue")
            .WithPurge(account, "setget-dead-letters", "Purge the dead letters");

    private static IResourceBuilder<ProjectResource> WithPurge(
        this IResourceBuilder<ProjectResource> aws,
        string account,
        string queue,
        string displayName)
        => aws.WithCommand(
            $"purge-{queue}",
            displayName,
            context => PurgeAsync(aws.GetEndpoint("sqs").Url, account, queue, context.CancellationToken),
            new CommandOptions
            {
                Description = $"Deletes every message of {queue}.",
                ConfirmationMessage = $"Delete every message of {queue}? They are gone for good.",
                IconName = "Delete",
            });

    private static async Task<ExecuteCommandResult> PurgeAsync(
        string sqs,
        string account,
        string queue,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, sqs);
        request.Headers.Add("X-Amz-Target", "AmazonSQS.PurgeQueue");
        request.Content = JsonContent.Create(
            // A member of an object would lose its capital letter, and SQS would not know it.
            new Dictionary<string, string> { ["QueueUrl"] = $"{sqs}/{account}/{queue}" },
            new MediaTypeHeaderValue("application/x-amz-json-1.0"));
        return await Requests.SendAsync(Http, request, cancellationToken);
    }
}
