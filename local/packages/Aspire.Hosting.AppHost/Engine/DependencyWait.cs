using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Engine;

/// <summary>Waits for one dependency of a resource.</summary>
internal static class DependencyWait
{
    public static async Task WaitAsync(
        ResourceNotificationService notifications,
        IResource waiter,
        WaitAnnotation wait,
        CancellationToken cancellationToken)
    {
        var dependency = wait.Resource;
        if (dependency is IResourceWithoutLifetime)
            return;
        var ids = dependency.Annotations.OfType<InstancesAnnotation>().LastOrDefault()?.Ids ?? [dependency.Name];
        await Task.WhenAll(ids.Select(id => WaitForOneAsync(notifications, waiter, wait, id, cancellationToken)));
    }

    private static async Task WaitForOneAsync(
        ResourceNotificationService notifications,
        IResource waiter,
        WaitAnnotation wait,
        string id,
        CancellationToken cancellationToken)
    {
        var reached = await notifications.WaitForResourceAsync(id, e => IsDecided(wait, e.Snapshot), cancellationToken);
        if (!IsSatisfied(wait, reached.Snapshot))
            throw new DistributedApplicationException(Refusal(waiter, wait, reached.Snapshot));
    }

    private static bool IsDecided(WaitAnnotation wait, CustomResourceSnapshot snapshot)
        => IsSatisfied(wait, snapshot)
            || (ResourceNotificationService.HasEnded(snapshot)
                && (wait.WaitType == WaitType.WaitForCompletion || wait.WaitBehavior == WaitBehavior.StopOnResourceUnavailable));

    private static bool IsSatisfied(WaitAnnotation wait, CustomResourceSnapshot snapshot) => wait.WaitType switch
    {
        WaitType.WaitUntilHealthy => snapshot is { HealthStatus: HealthStatus.Healthy, IsReady: true },
        WaitType.WaitUntilStarted => snapshot.State?.Text == KnownResourceStates.Running,
        WaitType.WaitForCompletion => ResourceNotificationService.HasEnded(snapshot)
            && snapshot.State!.Text != KnownResourceStates.FailedToStart
            && (snapshot.ExitCode is null || snapshot.ExitCode == wait.ExitCode),
        _ => throw new InvalidOperationException($"Unknown wait: {wait.WaitType}."),
    };

    private static string Refusal(IResource waiter, WaitAnnotation wait, CustomResourceSnapshot snapshot)
        => snapshot.ExitCode is { } code && wait.WaitType == WaitType.WaitForCompletion
            ? $"'{waiter.Name}' waits for '{wait.Resource.Name}' to end with exit code {wait.ExitCode}, and it ended with {code}."
            : $"'{waiter.Name}' waits for '{wait.Resource.Name}', which is '{snapshot.State?.Text}' and cannot become healthy.";
}
