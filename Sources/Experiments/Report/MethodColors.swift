import Figures
import MetaLearning

extension Method {
    /// How it is drawn, the same in every figure.
    var color: SeriesColor {
        switch self {
        case .random: .muted
        case .pretrained: .series(0)
        case .lda: .series(2)
        case .meta: .series(1)
        case .prior: .series(3)
        default: .series(4)
        }
    }
}
