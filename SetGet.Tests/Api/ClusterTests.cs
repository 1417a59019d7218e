using System.Net;
using SetGet.Tests.Core;

namespace SetGet.Tests.Api;

/// <summary>The API on a Redis cluster, as ElastiCache Serverless always is one.</summary>
[Collection(ApiCollection.Name)]
public sealed class ClusterTests(ApiStack stack)
{
    [Fact, Needs(Needs.RedisServer | Needs.Linux)]
    public async Task Api_OnACluster_IsReady_AndReads()
    {
        await using var cluster = await StoreServer.StartAsync(StoreServer.Cluster);
        await using var api = await RunningApi.StartAsync(ApiStack.Settings(cluster.ConnectionString, stack.Sqs));

        using var health = await api.Root.GetAsync("/health");
        using var ttl = await api.Root.GetAsync("/accounts/acme/flows/orders/ttl");
        using var nothing = await api.Root.GetAsync("/get/k?account=acme");

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, ttl.StatusCode);
        await nothing.IsProblemAsync(404, "not-found");
    }
}
