namespace Kops.Templates.Formatting;

/// <summary>What stands between the percent sign and the verb: flags, width and precision.</summary>
internal struct FormatSpec
{
    public bool Plus;
    public bool Minus;
    public bool Sharp;
    public bool Space;
    public bool Zero;

    /// <summary><c>%+v</c>: fields with their names.</summary>
    public bool PlusV;

    /// <summary><c>%#v</c>: as Go source.</summary>
    public bool SharpV;

    public int? Width;
    public int? Precision;

    /// <summary>Moves the flags of <c>%+v</c> and <c>%#v</c> to where they mean something else than a sign or a prefix.</summary>
    public void TakeVerb(char verb)
    {
        if (verb != 'v')
            return;
        (SharpV, Sharp, PlusV, Plus) = (Sharp, false, Plus, false);
    }
}
