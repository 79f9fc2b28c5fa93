namespace Safeconduct.Situation.Networks;

/// <summary>Ends and what each rests on. A step is an end as it stood at a time; what it reads stood before it, so steps can be unfolded the latest first.</summary>
internal interface IReasons
{
    /// <summary>The latest step of an end; below zero: nothing ever bounded it.</summary>
    long TimeOf(int slot);

    /// <summary>The step of an end that a step of this time read through a rule; below zero: the end as it is when nothing bounds it.</summary>
    long Before(int slot, long time, int rule);

    Reason ReasonAt(int slot, long time);
}
