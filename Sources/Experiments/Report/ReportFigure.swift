import Figures

/// A figure of a report, with the numbers behind it.
struct ReportFigure: Sendable {
    /// What a drawing is made for.
    enum Width: String, Sendable, CaseIterable {
        /// A desk or a page.
        case wide
        /// A phone.
        case narrow

        /// The width in points.
        var points: Double { self == .wide ? 760 : 330 }
    }

    /// What files and ids are called.
    let name: String
    /// The title.
    let title: String
    /// What is seen.
    let caption: String
    /// The numbers: a head and rows.
    let table: [[String]]
    /// Draws it.
    let draw: @Sendable (Width) -> Figure

    /// The figure as part of a page.
    var html: String {
        let drawings = Width.allCases.map { width in
            "<div class=\"plot \(width.rawValue)\">"
                + draw(width).svg(identifier: "\(name)-\(width.rawValue)") + "</div>\n"
        }.joined()
        let numbers =
            table.count > 1
            ? HTMLText.details(
                "Numbers behind this figure", HTMLText.table(table, label: "\(title), numbers"))
            : ""
        return """
            <figure id="\(HTMLText.escaped(name))">
            \(drawings)<figcaption>\(HTMLText.escaped(caption, limit: 1_000))</figcaption>
            \(numbers)</figure>

            """
    }
}
