using Microsoft.Extensions.Time.Testing;
using Sqs.Engine;
using Sqs.Storage;

namespace Sqs.Tests;

/// <summary>The files are those of a build of November 2026, killed in the middle: what is on disk must be read for ever.</summary>
public class FormerBuildTests
{
    private const string Snapshot = """
        U1FTTE9HAAIBAAAAAAAAAAUCAAAv9eCHDAcCAQEsYXJuOmF3czpzcXM6dXMtZWFzdC0xOjAwMDAwMDAwMDAwMDpkZWFkLmZpZm/K5vSZojTK5vSZojQAAQlGaWZvUXVl
        dWUEdHJ1ZQABAilhcm46YXdzOnNxczp1cy1lYXN0LTE6MDAwMDAwMDAwMDAwOnEuZmlmb4Pn9JmiNIPn9JmiNAAECUZpZm9RdWV1ZQR0cnVlEVZpc2liaWxpdHlUaW1l
        b3V0BTQzMjAwFk1lc3NhZ2VSZXRlbnRpb25QZXJpb2QHMTIwOTYwMA1SZWRyaXZlUG9saWN5XXsiZGVhZExldHRlclRhcmdldEFybiI6ICJhcm46YXdzOnNxczp1cy1l
        YXN0LTE6MDAwMDAwMDAwMDAwOmRlYWQuZmlmbyIsICJtYXhSZWNlaXZlQ291bnQiOiAxfQEBYQFiCwICZDAGaMAmsrdfT5Xg9Hw30/drAZXn9JmiNAsCAmQxtxaujgwW
        NkGTAxIsDYv/gAKr5/SZojQLAgJkMgUrVY9CoQxNlmWmTKHjepsDsOf0maI0CwICZDP441CjW1P9RqwE66WYaQCTBLLn9JmiNAsCAmQ0I2M3G0FlH0+YtxDwQfCVVAXC
        5/SZojQLAgJkNUjTeKV6SC9Fok7kp95Ik74GmOn0maI0CwICZDZLEeqpEwcBR7tDKkwjHzu5B+zq9JmiNBECAAA1F1ggCgICAbTn9JmiNLTn9JmiNAEGaMAmsrdfT5Xg
        9Hw30/drfd4Wif7RAcLGBqxa2x4vLJXn9JmiNAABAmcwAQJkMAZib2R5IDABAQZSb290PTEAAQFuBk51bWJlcgEwCgICAAAAArcWro4MFjZBkwMSLA2L/4APcWeZDVrb
        4QcH7du/bU10q+f0maI0AAECZzEBAmQxBmJvZHkgMQEBBlJvb3Q9MQABAW4GTnVtYmVyATEKAgIAAAADBStVj0KhDE2WZaZMoeN6mzZAsWuDb8y+4empALRtOZqw5/SZ
        ojQAAQJnMAECZDIGYm9keSAyAQEGUm9vdD0xAAEBbgZOdW1iZXIBMgoCAgAAAAT441CjW1P9RqwE66WYaQCT/1MftH8Zg3fS8yB8uBRov7Ln9JmiNAABAmcxAQJkMwZi
        b2R5IDMBAQZSb290PTEAAQFuBk51bWJlcgEzCgICAAAABSNjNxtBZR9PmLcQ8EHwlVTRFMoMe3rLn6Z7hAV+zFPOwuf0maI0AAECZzABAmQ0BmJvZHkgNAAKAgIAAAAG
        SNN4pXpIL0WiTuSn3kiTvux28kjAwE17ZL1sSqVqxvKY6fSZojQAAQJnMQECZDUGYm9keSA1AAoCAgAAAAdLEeqpEwcBR7tDKkwjHzu5QeANXItaPREvmMbJtElaC+zq
        9JmiNAABAmcwAQJkNgZib2R5IDYADQ==
        """;

    private const string Log = """
        U1FTTE9HAAICAAAAAAAAAFwAAAByyoDrCAIBAQgGaMAmsrdfT5Xg9Hw30/drAZrv9JmiNAEpYXJuOmF3czpzcXM6dXMtZWFzdC0xOjAwMDAwMDAwMDAwMDpxLmZpZm8F
        Aprv9JmiNJrLwa6iNAYCBAYDBQcDAAAAB9WFnQcCAgkAAAA3M9oKBgIExKT+rKI0twEAAPhbzH4JkAFleUowWVhOclNXUWlPaUpsTWpsa1pEa3lNeTFsTVRFekxUUmtZ
        V1V0WVRaaE55MDROMlV3WlRBMVpUVmlZekFpTENKemIzVnlZMlZCY200aU9pSmhjbTQ2WVhkek9uTnhjenAxY3kxbFlYTjBMVEU2TURBd01EQXdNREF3TURBd09tUmxZ
        V1F1Wm1sbWJ5SjksYXJuOmF3czpzcXM6dXMtZWFzdC0xOjAwMDAwMDAwMDAwMDpkZWFkLmZpZm8AANPw9JmiNAEIAAAACAEIAglpvoxuRiQRRbeJkGivoiPjAITx9Jmi
        NAAJkAFleUowWVhOclNXUWlPaUpsTWpsa1pEa3lNeTFsTVRFekxUUmtZV1V0WVRaaE55MDROMlV3WlRBMVpUVmlZekFpTENKemIzVnlZMlZCY200aU9pSmhjbTQ2WVhk
        ek9uTnhjenAxY3kxbFlYTjBMVEU2TURBd01EQXdNREF3TURBd09tUmxZV1F1Wm1sbWJ5SjksYXJuOmF3czpzcXM6dXMtZWFzdC0xOjAwMDAwMDAwMDAwMDpkZWFkLmZp
        Zm8AANPw9JmiNAEIAQEA
        """;

    [Fact]
    public async Task FolderOfAFormerBuild_IsRead()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(DataFiles.Snapshot(folder.Path, 1), Convert.FromBase64String(Snapshot));
        await File.WriteAllBytesAsync(DataFiles.Log(folder.Path, 2), Convert.FromBase64String(Log));
        await using var disk = DiskEngine.Open(folder.Path, new FakeTimeProvider(new DateTimeOffset(2026, 11, 28, 17, 45, 0, TimeSpan.Zero)));

        var (queue, dead) = (disk.Queue("q.fifo"), disk.Queue("dead.fifo"));
        Assert.Equal((1, 5, 0), (queue.Messages.Visible, queue.Messages.InFlight, dead.Messages.Count));
        Assert.Equal(("b", dead.Arn), (queue.Tags["a"], queue.Settings.Redrive!.TargetArn));
        var moved = Assert.Single(disk.Sqs.Engine.State.MoveTasks);
        Assert.Equal((MoveTaskStatus.Completed, 1L), (moved.Status, moved.Moved));
        var message = queue.Messages.Find(3)!;
        Assert.Equal("body 2", System.Text.Encoding.UTF8.GetString(message.Body.Span));
        Assert.Equal(("Root=1", "n", "g0", 1), (message.TraceHeader, message.Attributes[0].Name, message.GroupId, message.ReceiveCount));
    }
}
