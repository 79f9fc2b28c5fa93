using Safeconduct.Statements.Claims;

namespace Safeconduct.Intake.Texts.Proposals;

/// <summary>
/// How far a proposal may be trusted, by what its rules stood on. Set by the hand-made answers of <c>cases/texts/tuned</c>: of the clear ones about nine in ten are claims that a
/// careful reader would make, of the likely ones seven, of those to check one in two; <c>bench/README.md</c> has the figures.
/// </summary>
internal static class Calibration
{
    public static Band BandOf(ClaimKind kind, bool verbSaysIt, bool isCounted, Modality modality)
    {
        if (!verbSaysIt || kind is ClaimKind.Statement || modality is Modality.Demanded)
        {
            return Band.Check;
        }

        if (modality is not (Modality.Asserted or Modality.Denied) || kind is ClaimKind.Agreement or ClaimKind.Negotiation or ClaimKind.Resolution or ClaimKind.Control)
        {
            return Band.Likely;
        }

        return isCounted || kind is ClaimKind.Casualty or ClaimKind.Incident or ClaimKind.Obstruction or ClaimKind.Resumption ? Band.Clear : Band.Likely;
    }
}
