using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Redis;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace SetGet.Tests.Hosting;

/// <summary>Redis as its container, with <c>--containers</c>.</summary>
public sealed class ContainerRedisTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Redis_WithContainers_IsTheRealOneWithVolumePasswordAndRedisInsight()
    {
        await using var app = await BuildAsync();
        var resources = app.Services.GetRequiredService<DistributedApplicationModel>().Resources;

        var redis = Assert.Single(resources.OfType<RedisResource>());
        Assert.Equal("library/redis", Assert.Single(redis.Annotations.OfType<ContainerImageAnnotation>()).Image);
        var mount = Assert.Single(redis.Annotations.OfType<ContainerMountAnnotation>());
        Assert.Equal((ContainerMountType.Volume, "setget-redis-data", "/data", false), (mount.Type, mount.Source, mount.Target, mount.IsReadOnly));
        Assert.NotNull(redis.PasswordParameter);
        Assert.True(redis.PasswordParameter.Secret);
        Assert.Single(resources.OfType<RedisInsightResource>());
        Assert.DoesNotContain(resources.OfType<ProjectResource>(), project => project.Name == redis.Name);
    }

    [Fact, Needs(Needs.ContainerEngine)]
    public async Task Redis_WithContainersWhereAnEngineRuns_Answers()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await using var app = await BuildAsync();
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", WaitBehavior.StopOnResourceUnavailable, limit.Token);
        await using var connection = await ConnectionMultiplexer.ConnectAsync((await app.GetConnectionStringAsync("redis", limit.Token))!);
        Assert.True(await connection.GetDatabase().StringSetAsync("k", "v"));
    }

    [Fact]
    public async Task Start_WithContainersWhereNoEngineRuns_SaysSo()
    {
        // Where one runs, it is the test above that has a subject.
        Assert.SkipWhen(Requirements.Missing(Needs.ContainerEngine) is null, "needs a machine without a container engine");
        await using var app = await BuildAsync();
        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync());
        Assert.StartsWith("--containers runs Redis as a container, and ", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<DistributedApplication> BuildAsync()
        => await (await DistributedApplicationTestingBuilder.CreateAsync<Projects.SetGet_AppHost>(["--containers"])).BuildAsync();
}
