/// A figure in words, for readers who cannot see it.
enum FigureSummary {
    static func text(_ figure: Figure) -> String {
        var sentences =
            figure.panels.count == 1 ? [] : ["\(figure.panels.count) panels."]
        for panel in figure.panels.prefix(12) { sentences.append(sentence(panel)) }
        if figure.panels.count > 12 { sentences.append("And more of the kind.") }
        return sentences.joined(separator: " ")
    }

    private static func sentence(_ panel: Panel) -> String {
        var text = panel.title.isEmpty ? "" : "\(panel.title): "
        let names = panel.marks.compactMap { mark -> String? in
            switch mark {
            case .curve(let curve): curve.name
            case .bars(let bars): bars.name
            case .heatMap(let map): map.label
            case .ribbon, .bands, .reference: nil
            }
        }.filter { !$0.isEmpty }.prefix(12)
        let axes = [panel.y.title, panel.x.title].filter { !$0.isEmpty }
        text += axes.joined(separator: " over ")
        if !names.isEmpty { text += (axes.isEmpty ? "" : ": ") + names.joined(separator: ", ") }
        return text + "."
    }
}
