import Figures
import MetaLearning

extension Method {
    /// What it is called in a report.
    var title: String {
        switch self {
        case .random: "Random init"
        case .pretrained: "Pre-trained"
        case .lda: "LDA"
        case .meta: "Meta-trained"
        default: rawValue
        }
    }

    /// How it is drawn, the same in every figure.
    var color: SeriesColor {
        switch self {
        case .random: .muted
        case .pretrained: .series(0)
        case .lda: .series(2)
        case .meta: .series(1)
        default: .series(3)
        }
    }
}
