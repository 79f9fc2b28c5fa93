using Safeconduct.Intake.Gazetteers;
using Safeconduct.Intake.List;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Situation.Agreements.Wording;

/// <summary>The agreements of the worked cases read without a problem, stand in their one form, and speak of statements that there are.</summary>
public static class CaseAgreementTests
{
    public static TheoryData<string> Agreements => [.. Repository.Files("cases", "agreement.terms")];

    [Theory]
    [MemberData(nameof(Agreements))]
    public static void The_agreement_of_a_case_reads_clean_and_stands_in_its_one_form(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var gazetteer = GazetteerReader.Read(Repository.Bytes($"{folder}/places.geojson")).Value!;
        var operation = OperationReader.Read(Repository.Bytes($"{folder}/operation.json"), gazetteer).Value!;
        var written = AgreementReader.Read(Repository.Bytes(path), operation);
        Assert.Empty(written.Errors);
        Assert.Equal(Repository.Text(path), AgreementText.Of(written, operation));

        var ids = StatementListReader.Read(Repository.Bytes($"{folder}/statements.jsonl"), gazetteer, null).Statements.Select(s => s.Id).ToHashSet();
        var bodies = StatementListReader.Read(Repository.Bytes($"{folder}/statements.jsonl"), gazetteer, null).Statements.Select(s => s.Chain.SaidBy.Id.Body).ToHashSet();
        var agreement = written.Agreement!;
        Assert.All(agreement.Terms.SelectMany(t => t.StatedIn.Concat(t.DeniedBy)).Concat(agreement.AccordingTo), id => Assert.Contains(id, ids));
        Assert.All(agreement.Parties.Concat(agreement.Guarantors).SelectMany(s => s.SpeaksThrough), body => Assert.Contains(body, bodies));
    }
}
