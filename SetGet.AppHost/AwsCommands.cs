using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace SetGet.AppHost;

/// <summary>What an operator can do with the local queues from the dashboard.</summary>
internal static class AwsCommands
{
    public static IResourceBuilder<ExecutableResource> WithOperatorTools(this IResourceBuilder<ExecutableResource> aws, string account)
        => aws
            .WithUrlForEndpoint("sqs", url => url.DisplayText = "SQS")
            .WithUrlForEndpoint("gateway", url =>
            {
                url.DisplayText = "Gateway";
                url.Url += "/v1";
            })
            .WithPurge(account, "setget-events", "Purge the event queue")
            .WithPurge(account, "setget-dead-letters", "Purge the dead letters");

    private static IResourceBuilder<ExecutableResource> WithPurge(
        this IResourceBuilder<ExecutableResource> aws, string account, string queue, string displayName)
    {
        var options = new HttpCommandOptions
        {
            Description = $"Deletes every message of {queue}.",
            ConfirmationMessage = $"Delete every message of {queue}? They are gone for good.",
            IconName = "Delete",
        };
        return aws.WithPostCommand($"purge-{queue}", displayName, "/", "sqs", options, context =>
        {
            context.Request.Headers.Add("X-Amz-Target", "AmazonSQS.PurgeQueue");
            context.Request.Content = JsonContent.Create(
                // A member of an object would lose its capital letter, and SQS would not know it.
                new Dictionary<string, string> { ["QueueUrl"] = $"{context.Endpoint.Url}/{account}/{queue}" },
                new MediaTypeHeaderValue("application/x-amz-json-1.0"));
            return Task.CompletedTask;
        });
    }
}
