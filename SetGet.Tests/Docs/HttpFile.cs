using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SetGet.Tests.Docs;

/// <summary>
/// A <c>.http</c> file as the editors of Visual Studio and VS Code read it: <c>@name = value</c>, requests between lines of <c>###</c>, and
/// <c>{{name}}</c> or <c>{{request.response.body.$.member}}</c> in them.
/// </summary>
internal sealed partial class HttpFile
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <summary>What the requests of a name were answered.</summary>
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);

    private HttpFile(IReadOnlyList<HttpFileRequest> requests) => Requests = requests;

    public IReadOnlyList<HttpFileRequest> Requests { get; }

    /// <param name="text">The file.</param>
    /// <param name="instead">Values that take the place of the file's own.</param>
    public static HttpFile Parse(string text, IReadOnlyDictionary<string, string> instead)
    {
        var parts = Separator().Split(text.ReplaceLineEndings("\n"));
        var file = new HttpFile([.. parts.Select(ParseRequest).OfType<HttpFileRequest>()]);
        foreach (Match match in Variable().Matches(text)) file._variables[match.Groups["name"].Value] = match.Groups["value"].Value;
        foreach (var (name, value) in instead)
        {
            Assert.True(file._variables.ContainsKey(name), $"the file has no @{name}");
            file._variables[name] = value;
        }

        return file;
    }

    /// <summary>Sends it; where the answer is 503, which says that nothing was done, again once the time is over that it names.</summary>
    public async Task<(int Status, string Body)> SendAsync(HttpFileRequest request, HttpClient http, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var message = Message(request);
            using var answer = await http.SendAsync(message, cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer is not { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter.Delta: { } pause })
            {
                if (request.Name is { } own) _answers[own] = body;
                return ((int)answer.StatusCode, body);
            }

            await Task.Delay(pause, TimeProvider.System, cancellationToken);
        }
    }

    private HttpRequestMessage Message(HttpFileRequest request)
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(request.Method), Fill(request.Address));
        if (request.Body.Length > 0) message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Fill(request.Body)));
        foreach (var (name, value) in request.Headers)
            Assert.True(
                message.Headers.TryAddWithoutValidation(name, Fill(value)) || message.Content?.Headers.TryAddWithoutValidation(name, Fill(value)) == true,
                $"{request.Title}: the header {name} is of a body, and there is none");
        return message;
    }

    private string Fill(string text) => Placeholder().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        if (!match.Groups["member"].Success) return _variables.TryGetValue(name, out var value) ? value : throw new InvalidOperationException($"There is no @{name}.");
        using var answer = JsonDocument.Parse(_answers[name]);
        return answer.RootElement.GetProperty(match.Groups["member"].Value).ToString();
    });

    private static HttpFileRequest? ParseRequest(string part)
    {
        var lines = part.Split('\n');
        var name = lines.Select(line => Named().Match(line)).FirstOrDefault(match => match.Success)?.Groups["name"].Value;
        var start = Array.FindIndex(lines, line => RequestLine().IsMatch(line));
        if (start < 0) return null;
        var first = RequestLine().Match(lines[start]);
        var headers = lines.Skip(start + 1).TakeWhile(line => line.Length > 0).Select(line => line.Split(": ", 2)).Select(pair => (pair[0], pair[1])).ToList();
        var body = string.Join('\n', lines.Skip(start + 2 + headers.Count)).Trim('\n');
        return new HttpFileRequest(lines[0].Trim(), name, first.Groups["method"].Value, first.Groups["address"].Value, headers, body);
    }

    [GeneratedRegex("^###", RegexOptions.Multiline, 1000)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^@(?<name>\w+) *= *(?<value>\S+) *\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("^# @name (?<name>\\w+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"^(?<method>[A-Z]+) (?<address>\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\{\{(?<name>\w+)(\.response\.body\.\$\.(?<member>\w+))?\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}

/// <summary>One request of a <c>.http</c> file, before its placeholders are filled.</summary>
internal sealed record HttpFileRequest(string Title, string? Name, string Method, string Address, IReadOnlyList<(string Name, string Value)> Headers, string Body);
