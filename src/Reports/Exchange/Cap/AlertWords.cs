namespace Safeconduct.Reports.Exchange.Cap;

/// <summary>The fixed phrases of an alert in four languages. Who says what stands in the words of the record; only these are translated, by us.</summary>
internal static class AlertWords
{
    public sealed record Phrases(string Stopped, string Closed, string Fire, string Resumed, string AsReported, string ReportedBy, string DeniedBy, string TakenBack, string Place, string NotAFinding, string StillCheck);

    public static IReadOnlyList<(string Language, Phrases Phrases)> All { get; } =
    [
        ("en", new("Movement stopped", "Way closed or access constrained", "Fire or explosion", "Movement resumed", ", as reported", "reported by", "denied by", "What this alert rested on was taken back by its source.", "Place", "Each line is what its source says. It is no finding.", "Check locally before acting on this.")),
        ("ar", new("توقفت الحركة", "طريق مغلق أو وصول مقيد", "إطلاق نار أو انفجار", "استؤنفت الحركة", "، بحسب ما أُبلغ", "أبلغ عنه", "نفاه", "ما استند إليه هذا التنبيه سحبه مصدره.", "المكان", "كل سطر هو ما يقوله مصدره، وليس استنتاجا.", "تحققوا محليا قبل التصرف بناء على هذا.")),
        ("fr", new("Mouvement arrêté", "Voie fermée ou accès entravé", "Tirs ou explosion", "Mouvement repris", ", selon les informations reçues", "signalé par", "démenti par", "Ce sur quoi cette alerte reposait a été retiré par sa source.", "Lieu", "Chaque ligne est ce que dit sa source. Ce n’est pas une conclusion.", "Vérifiez sur place avant d’agir.")),
        ("ru", new("Движение остановлено", "Путь закрыт или доступ ограничен", "Огонь или взрыв", "Движение возобновлено", ", по сообщениям", "сообщает", "отрицает", "То, на чём основано это оповещение, отозвано его источником.", "Место", "Каждая строка — слова её источника, а не вывод.", "Проверьте на месте, прежде чем действовать.")),
    ];
}
