using Microsoft.Extensions.DependencyInjection;

namespace SetGet.AppHost;

/// <summary>More workers while the application runs: spare ones, which are hidden and do not run until the command starts the next.</summary>
internal static class SpareWorkers
{
    private const int Most = 4;

    /// <param name="worker">The worker that always runs.</param>
    /// <param name="addWorker">Adds another one under the name that it is given.</param>
    /// <returns>The spare workers.</returns>
    public static IReadOnlyList<IResourceBuilder<ProjectResource>> WithSpares(
        this IResourceBuilder<ProjectResource> worker,
        Func<string, IResourceBuilder<ProjectResource>> addWorker)
    {
        var spares = Enumerable.Range(2, Most - 1)
            .Select(n => addWorker($"{worker.Resource.Name}-{n}")
                .WithParentRelationship(worker)
                .WithInitialState(new CustomResourceSnapshot { ResourceType = "Project", Properties = [], IsHidden = true })
                .WithExplicitStart())
            .ToList();
        worker.WithCommand(
            "scale-out",
            "One more worker",
            context => StartNextAsync(spares, context),
            new CommandOptions
            {
                Description = $"Starts another worker, up to {Most}. Each stops by its own command.",
                IconName = "AddSquareMultiple",
            });
        return spares;
    }

    private static async Task<ExecuteCommandResult> StartNextAsync(
        List<IResourceBuilder<ProjectResource>> spares,
        ExecuteCommandContext context)
    {
        var commands = context.Services.GetRequiredService<ResourceCommandService>();
        var notifications = context.Services.GetRequiredService<ResourceNotificationService>();
        foreach (var spare in spares)
        {
            var started = await commands.ExecuteCommandAsync(
                spare.Resource, KnownResourceCommands.StartCommand, context.CancellationToken);
            if (!started.Success)
                continue;
            await notifications.PublishUpdateAsync(spare.Resource, snapshot => snapshot with { IsHidden = false });
            return CommandResults.Success();
        }

        return CommandResults.Failure($"{Most} workers run already.");
    }
}
