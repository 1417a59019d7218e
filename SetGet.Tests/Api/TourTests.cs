namespace SetGet.Tests.Api;

/// <summary>The examples of docs/api.md.</summary>
[Collection(ApiCollection.Name)]
public sealed class TourTests(ApiStack stack)
{
    // An account of this run's own, as the other tests share the queues.
    [Fact, Needs(Needs.Shell)]
    public Task Tour_EveryExample_AnswersAsItSays()
        => DocumentTour.RunAsync("api.md", ApiStack.NewAccount(), $"API={stack.Address.ToString().TrimEnd('/')}\nKEY={ApiStack.RootKey}");
}
