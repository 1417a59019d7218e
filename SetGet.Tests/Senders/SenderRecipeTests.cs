using SetGet.Tests.Api;
using SetGet.Tests.Local.Gateway;

namespace SetGet.Tests.Senders;

/// <summary>The recipes of docs/senders.md, each as it stands.</summary>
[Collection(BothWaysInCollection.Name)]
public sealed class SenderRecipeTests(BothWaysIn stack)
{
    [Fact, Needs(Needs.Shell)]
    public Task Recipes_EveryExample_AnswersAsItSays() => DocumentTour.RunAsync(
        "senders.md", BothWaysIn.Account,
        $"API={Address(stack.Api)}\nKEY={ApiStack.RootKey}\nGATEWAY={Address(stack.Gateway)}");

    private static string Address(HttpClient http) => http.BaseAddress!.ToString().TrimEnd('/');
}
