using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace SetGet.Tests.Deploy;

/// <summary>A container registry with one image, a base without any program: enough for the .NET SDK to build upon.</summary>
internal sealed class RegistryStub : IAsyncDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly WebApplication _app;
    private readonly Dictionary<string, byte[]> _blobs = [];
    private readonly byte[] _manifest;

    private RegistryStub()
    {
        var layer = Layer();
        var config = Encoding.UTF8.GetBytes($$"""
            {"architecture":"amd64","os":"linux","config":{"User":"root","Env":["PATH=/usr/bin"]},
             "rootfs":{"type":"layers","diff_ids":["{{Digest(layer)}}"]},"history":[{"created_by":"test"}]}
            """);
        var packed = Packed(layer);
        foreach (var blob in (byte[][])[config, packed]) _blobs[Digest(blob)] = blob;
        _manifest = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"{{ManifestType}}",
             "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":{{config.Length}},"digest":"{{Digest(config)}}"},
             "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":{{packed.Length}},"digest":"{{Digest(packed)}}"}]}
            """);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapMethods("/v2/", ["GET", "HEAD"], () => Results.Content("{}"));
        _app.MapMethods("/v2/base/manifests/{tag}", ["GET", "HEAD"], Manifest);
        _app.MapMethods("/v2/base/blobs/{digest}", ["GET", "HEAD"], (string digest)
            => _blobs.TryGetValue(digest, out var blob) ? Results.Bytes(blob, "application/octet-stream") : Results.NotFound());
    }

    /// <summary>Host and port, as an image reference begins.</summary>
    public string Name => new Uri(_app.Urls.Single()).Authority;

    public static async Task<RegistryStub> StartAsync()
    {
        var stub = new RegistryStub();
        await stub._app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Manifest(HttpResponse response)
    {
        response.Headers["Docker-Content-Digest"] = Digest(_manifest);
        return Results.Bytes(_manifest, ManifestType);
    }

    private static byte[] Layer()
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, leaveOpen: true)) tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "etc/"));
        return memory.ToArray();
    }

    private static byte[] Packed(byte[] layer)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(layer);
        return memory.ToArray();
    }

    private static string Digest(byte[] blob) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(blob));
}
