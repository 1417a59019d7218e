using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;

namespace SetGet.Tests.Ops;

/// <summary>What an operator does on a flow's page, and its sender beside it.</summary>
internal static class OpsFlowPage
{
    public static string NewAccount() => "ops-" + Guid.NewGuid().ToString("N")[..10];

    /// <summary>Opens the flow <c>orders</c> of a new account; answers the account.</summary>
    public static async Task<string> OpenFlowAsync(this IPage page, string? account = null)
    {
        account ??= NewAccount();
        await page.SignInAsync(OpsSite.RootKey);
        await page.OpenAsync($"#/accounts/{account}/flows/orders");
        await page.GetByLabel("Rule 1", new PageGetByLabelOptions { Exact = true }).WaitForAsync();
        return account;
    }

    public static async Task AddSecretAsync(this IPage page, string scheme, string secret)
    {
        await page.Button("Add secret").ClickAsync();
        var dialog = page.Modal("Add a signing secret");
        await dialog.GetByLabel("Scheme").SelectOptionAsync(scheme);
        await dialog.GetByLabel("Secret", new LocatorGetByLabelOptions { Exact = true }).FillAsync(secret);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Secret added.").WaitForAsync();
    }

    public static ILocator Rules(this IPage page) => page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Key rules" });

    /// <summary>The example's.</summary>
    public static ILocator Body(this IPage page) => page.GetByLabel("Body", new PageGetByLabelOptions { Exact = true });

    public static Task RuleAsync(this IPage page, int number, string rule)
        => page.GetByLabel($"Rule {number}", new PageGetByLabelOptions { Exact = true }).FillAsync(rule);

    /// <summary>What a screen reader says after a field's name.</summary>
    public static Task<string> DescriptionAsync(this IPage page, ILocator field) => field.EvaluateAsync<string>(
        "field => field.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id)).filter(each => !each.hidden).map(each => each.textContent).join(' ')");

    /// <summary>Sends a webhook as GitHub signs it, to what the page shows.</summary>
    public static async Task<HttpStatusCode> SendAsync(string address, string body, string? secret)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-GitHub-Event", "push");
        if (secret is not null)
            request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body))));
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
