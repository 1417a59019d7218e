using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SetGet.Client;
using SetGet.Tests.Api;

namespace SetGet.Tests.Client;

/// <summary>The client against the running API.</summary>
[Collection(ApiCollection.Name)]
public sealed class ClientTests(ApiStack stack)
{
    [Fact]
    public async Task SetAndWait_ReturnTheDataByteForByte()
    {
        await using var services = Services(ApiStack.NewAccount());
        var client = services.GetRequiredService<ISetGetClient>();

        var accepted = await client.SetAsync(Event("k", "{\"n\": 1.10}"));
        var found = await client.WaitAsync("k", TimeSpan.FromSeconds(20));

        Assert.Equal(accepted.Id, found!.Id);
        Assert.Equal("{\"n\": 1.10}", Encoding.UTF8.GetString(found.Data.Span));
        Assert.Equal(accepted.AcceptedAt, found.AcceptedAt);
        Assert.Equal("application/json", found.ContentType);
        Assert.Null(await client.WaitAsync("k", TimeSpan.FromMilliseconds(50), otherThanId: found.Id));
        Assert.Null(await client.GetAsync("nothing"));
        Assert.Equal(["k"], (await client.GetManyAsync(["k", "nothing"])).Keys);
    }

    [Fact]
    public async Task Events_AreReadInOrder_AndFollowedFromACursor()
    {
        await using var services = Services(ApiStack.NewAccount());
        var client = services.GetRequiredService<ISetGetClient>();
        for (var i = 0; i < 3; i++) await client.SetAsync(Event("k", i.ToString()));
        string? next = null;
        var read = new List<string>();

        await foreach (var each in client.EventsAsync("k", follow: true))
        {
            read.Add(Encoding.UTF8.GetString(each.Event.Data.Span));
            next = each.Next ?? next;
            if (read.Count == 3) break;
        }

        Assert.Equal(["0", "1", "2"], read.Order());
        await foreach (var each in client.EventsAsync("k", after: next)) Assert.Fail($"{each.Event.Id} was read twice");
    }

    [Fact]
    public async Task Take_WithLease_IsAcknowledgedOnce()
    {
        await using var services = Services(ApiStack.NewAccount());
        var client = services.GetRequiredService<ISetGetClient>();
        await client.SetAsync(Event("k", "null"));

        var taken = await client.TakeAsync("k", lease: TimeSpan.FromSeconds(60), wait: TimeSpan.FromSeconds(20));

        Assert.Equal("null", Encoding.UTF8.GetString(Assert.Single(taken.Events).Data.Span));
        Assert.True(await client.AckAsync("k", taken.LeaseId!));
        Assert.False(await client.AckAsync("k", taken.LeaseId!));
        Assert.False(await client.DeleteAsync("k"));
    }

    [Fact]
    public async Task Refusal_IsAnExceptionWithTheProblem()
    {
        await using var services = Services(ApiStack.NewAccount());
        var client = services.GetRequiredService<ISetGetClient>();

        var thrown = await Assert.ThrowsAsync<SetGetException>(() => client.SetAsync(Event("no key", "1")));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, thrown.StatusCode);
        Assert.Equal("urn:setget:problem:invalid-request", thrown.Type);
        Assert.Contains("webhookKeys[0]", thrown.Errors.Keys);
    }

    [Fact]
    public async Task Client_InAProgramWithoutConfiguration_IsSetUpByCode()
    {
        var services = new ServiceCollection();
        services.AddSetGetClient(options => (options.BaseAddress, options.ApiKey, options.Account) = (stack.Address, ApiStack.RootKey, ApiStack.NewAccount()));
        await using var provider = services.BuildServiceProvider();

        Assert.Null(await provider.GetRequiredService<ISetGetClient>().GetAsync("nothing"));
    }

    private static SetEvent Event(string key, string data) => new() { FlowId = "flow", WebhookKeys = [key], Data = Encoding.UTF8.GetBytes(data) };

    private ServiceProvider Services(string account)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSetGetClient(options =>
        {
            options.BaseAddress = stack.Address;
            options.ApiKey = ApiStack.RootKey;
            options.Account = account;
        });
        return services.BuildServiceProvider();
    }
}
