using Microsoft.Playwright;
using SetGet.Tests.Core;

namespace SetGet.Tests.Ops;

/// <summary>The pictures in <c>docs/images</c>. They are drawn anew where the environment variable <c>SETGET_SCREENSHOTS</c> is 1.</summary>
internal static class Pictures
{
    private const int MaxBytes = 200 * 1024;

    public static bool AreKept { get; } = Environment.GetEnvironmentVariable("SETGET_SCREENSHOTS") == "1";

    /// <summary>Draws what the window shows; keeps it where pictures are kept.</summary>
    public static async Task DrawAsync(IPage page, string name)
    {
        var path = AreKept ? Path.Combine(StoreServer.Folder, "docs", "images", name + ".png") : null;
        var picture = await page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
        Assert.InRange(picture.Length, 1, MaxBytes);
    }
}
