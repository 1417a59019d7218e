using System.Text;
using Sqs.Engine;

namespace Sqs.Tests;

/// <summary>Sums and characters, with values that botocore and the AWS documentation give.</summary>
public class Md5Tests
{
    [Fact]
    public void Attributes_StringAndBinary_HaveTheSumThatClientsExpect()
    {
        MessageAttribute[] attributes = [new("a", "String", "x"u8.ToArray()), new("b", "Binary", [0, 1])];
        Assert.Equal("fa20e2def088daf7b14bc51e836c5547", Md5.Text(Md5.Of(attributes)!.Value));
        Assert.Null(Md5.Of(Array.Empty<MessageAttribute>()));
    }

    [Theory]
    [InlineData("tab\t line\n return\r", true)]
    [InlineData("\u0000", false)]
    [InlineData("\u0008", false)]
    [InlineData("\u001F", false)]
    [InlineData("\u007F\uD7FF\uE000\uFFFD\U00010000\U0010FFFF", true)]
    [InlineData("a\uFFFE", false)]
    [InlineData("\uFFFF", false)]
    public void MessageText_LegalCharacters_AreThoseOfXml(string text, bool legal)
        => Assert.Equal(legal, MessageText.IsLegal(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void ReceiptHandle_OtherText_IsRefused()
    {
        var handle = new ReceiptHandle(7, 123_456_789_012, 3);
        Assert.Equal(handle, ReceiptHandle.Parse(handle.ToString()));
        var changed = handle.ToString().ToCharArray();
        changed[8] = changed[8] == 'A' ? 'B' : 'A';
        Assert.Equal(SqsError.ReceiptHandleIsInvalid, Assert.Throws<SqsException>(() => ReceiptHandle.Parse(new string(changed))).Error);
        Assert.Equal(SqsError.ReceiptHandleIsInvalid, Assert.Throws<SqsException>(() => ReceiptHandle.Parse("nonsense")).Error);
    }
}
