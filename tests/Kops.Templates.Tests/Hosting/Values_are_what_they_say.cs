namespace Kops.Templates.Tests.Hosting;

public sealed class Values_are_what_they_say
{
    [Fact]
    public void Numbers_of_dotnet_have_kinds_of_Go()
    {
        Assert.Equal(ValueKind.Int, ((Value)1).Kind);
        Assert.Equal(ValueKind.Int64, ((Value)1L).Kind);
        Assert.Equal(ValueKind.Uint8, ((Value)(byte)1).Kind);
        Assert.Equal(ValueKind.Uint64, ((Value)1ul).Kind);
        Assert.Equal(ValueKind.Float64, ((Value)1.0).Kind);
        Assert.Equal(ValueKind.Nil, ((Value)(string?)null).Kind);
        Assert.Equal(1.0, ((Value)1ul).AsDouble());
    }

    [Fact]
    public void A_pointer_is_true_whatever_it_points_to()
    {
        Assert.True(Value.Pointer(false).IsTrue);
        Assert.False(Value.NilPointer("bool").IsTrue);
        Assert.False(Value.Pointer(false).AsBool());
        Assert.Equal("*bool", Value.Pointer(false).TypeName);
        Assert.Throws<ArgumentException>(() => Value.Pointer(Value.Nil));
    }

    [Fact]
    public void What_a_value_does_not_hold_is_not_given()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ((Value)1).AsString());

        Assert.Equal("the value is of type int, not string", error.Message);
    }

    [Fact]
    public void A_map_goes_by_code_points_as_Go_does()
    {
        var map = new TemplateMap
        {
            ["\uFF5E"] = 1,
            ["\U0001F600"] = 2,
            ["a"] = 3,
        };

        Assert.Equal(["a", "\uFF5E", "\U0001F600"], map.Keys);
        map.Remove("a");
        map["b"] = Value.Nil;
        Assert.Equal(["b", "\uFF5E", "\U0001F600"], map.Keys);
    }
}
