using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Http;

/// <summary>Something that answers a request.</summary>
/// <param name="Header">A header beside the usual ones, <c>Name: value</c>.</param>
/// <param name="Body">JSON to post; null: a GET.</param>
internal sealed record HttpTarget(string Name, Server Server, string Url, string? Header = null, string? Body = null)
{
    /// <summary>The URL without its server.</summary>
    internal string Path => new Uri(Url).PathAndQuery;

    /// <summary>The request once more, for a client of .NET.</summary>
    internal HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(Body is null ? HttpMethod.Get : HttpMethod.Post, Url);
        if (Body is not null) request.Content = new StringContent(Body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        if (Header?.Split(": ") is [var name, var value]) request.Headers.Add(name, value);
        return request;
    }
}
