using System.Text;
using Safeconduct.Intake.Tables;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Tables;

/// <summary>Exports of forms, invented, in the shape of ODK Central's and KoboToolbox's.</summary>
public class FormExportTests
{
    private const string Central = "SubmissionDate,visit-day,visit-source,visit-source_type,where-Latitude,where-Longitude,meta-instanceID,KEY,SubmitterName\n"
        + "2031-05-02T16:00:01.250Z,2031-05-02,Valley Monitors,monitor-group,30.1,50.2,uuid:11111111-2222-4333-8444-555555555555,uuid:11111111-2222-4333-8444-555555555555,Desk\n"
        + "2031-05-03T16:00:01.250Z,2031-05-03,Valley Monitors,monitor-group,30.1,50.2,uuid:aaaaaaaa-2222-4333-8444-555555555555,uuid:aaaaaaaa-2222-4333-8444-555555555555,Desk\n";

    private const string CentralVehicles = "evacuees,plate,PARENT_KEY,KEY\n40,\"one\",uuid:11111111-2222-4333-8444-555555555555,uuid:11111111-2222-4333-8444-555555555555/vehicles[1]\n"
        + "about 50,two,uuid:11111111-2222-4333-8444-555555555555,uuid:11111111-2222-4333-8444-555555555555/vehicles[2]\n7,one,uuid:aaaaaaaa-2222-4333-8444-555555555555,uuid:aaaaaaaa-2222-4333-8444-555555555555/vehicles[1]\n";

    private const string Kobo = "visit/day;visit/source;visit/source_type;visit/evacuees;_id;_uuid;_submission_time;_index\n"
        + "2031-05-02;Valley Monitors;NGO;>40;17;11111111-2222-4333-8444-555555555555;2031-05-02T16:00:01;1\n";

    [Fact]
    public void A_form_is_known_by_its_columns_its_instance_is_the_id_and_its_submission_is_when_it_was_said()
    {
        var table = new Workbook([Sheet("visits", Kobo)]).Open(null);
        var proposal = Proposal.For(table);
        Assert.True(proposal.IsComplete, string.Join('\n', proposal.Missing));
        var said = Assert.Single(TableReader.Read(table, proposal.Mapping).Statements);
        Assert.Equal("11111111-2222-4333-8444-555555555555", said.Id.Value);
        Assert.Equal("2031-05-02T16:00:01Z", said.SaidAt.ToString());
        Assert.Equal("more than 40", ((Safeconduct.Statements.Kinds.Headcount.Headcount)said.Said).Counted.Bound.ToString());
    }

    [Fact]
    public void Rows_of_a_repeat_come_with_the_columns_of_their_form_and_a_key_of_their_own()
    {
        var book = new Workbook([Sheet("visits", Central), Sheet("visits-vehicles", CentralVehicles)]);
        Assert.Equal("visits", book.Open(null).Name);
        var table = book.Open("visits-vehicles");
        var proposal = Proposal.For(table, table.Name);
        Assert.Equal("KEY", proposal.Mapping.Fields["id"].Column);
        Assert.True(proposal.IsComplete, string.Join('\n', proposal.Missing));
        Assert.Equal(("visit-day", "visit-source"), (proposal.Mapping.Fields["about"].Column, proposal.Mapping.Fields["source"].Column));
        var reading = TableReader.Read(table, proposal.Mapping);
        Assert.Empty(reading.Problems);
        Assert.Equal(["2031-05-02", "2031-05-02", "2031-05-03"], reading.Statements.Select(s => s.About.Start.ToString()));
        Assert.Equal("uuid:11111111-2222-4333-8444-555555555555/vehicles[2]", reading.Statements[1].Id.Value);
        Assert.Contains("\"where-Latitude\":\"30.1\"", reading.Statements[0].Imported!.Row, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_of_a_repeat_does_not_move_when_forms_before_it_go()
    {
        const string Rows = "evacuees;_index;_parent_table_name;_parent_index\n3;1;visits;1\n4;2;visits;2\n";
        const string Later = "evacuees;_index;_parent_table_name;_parent_index\n4;1;visits;1\n";
        var two = Kobo + "2031-05-03;Valley Monitors;NGO;9;18;aaaaaaaa-2222-4333-8444-555555555555;2031-05-03T16:00:01;2\n";
        var one = Kobo.Split('\n')[0] + "\n2031-05-03;Valley Monitors;NGO;9;18;aaaaaaaa-2222-4333-8444-555555555555;2031-05-03T16:00:01;1\n";
        string Last(string main, string repeat) => new Workbook([Sheet("visits", main), Sheet("bus", repeat)]).Open("bus").Rows[^1].At(0).Text;
        Assert.Equal("aaaaaaaa-2222-4333-8444-555555555555/bus[1]", Last(two, Rows));
        Assert.Equal(Last(two, Rows), Last(one, Later));
    }

    [Fact]
    public void A_row_of_a_repeat_whose_form_is_not_there_is_refused()
    {
        var book = new Workbook([Sheet("visits", Central), Sheet("visits-vehicles", CentralVehicles.Replace("uuid:aaaaaaaa", "uuid:bbbbbbbb", StringComparison.Ordinal))]);
        var problem = Assert.Throws<RefusedException>(() => book.Open("visits-vehicles")).Problem;
        Assert.Equal(("table.no-parent", "row 4, column 'PARENT_KEY'"), (problem.Code, problem.Place));
    }

    [Fact]
    public void Of_several_sheets_one_has_to_be_named()
    {
        var book = new Workbook([Sheet("May", "Date,Count\n2031-05-02,3\n"), Sheet("June", "Date,Count\n2031-06-02,3\n")]);
        Assert.Contains("'May', 'June'", Refused(() => book.Open(null), "table.which-sheet"), StringComparison.Ordinal);
        Assert.Contains("did you mean 'June'?", Refused(() => book.Open("Jun"), "table.no-sheet"), StringComparison.Ordinal);
        Assert.Equal("June", book.Open("june").Name);
    }

    private static string Refused(Action act, string code)
    {
        var problem = Assert.Throws<RefusedException>(act).Problem;
        Assert.Equal(code, problem.Code);
        return problem.Message;
    }

    private static Sheet Sheet(string name, string csv) => CsvText.Read(Encoding.UTF8.GetBytes(csv), name);
}
