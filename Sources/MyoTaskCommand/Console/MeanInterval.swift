import Foundation

/// A mean over episodes that are independent of each other, with its 95 % interval as in the papers:
/// ± 1.96 s/√n.
struct MeanInterval {
    let text: String

    init(_ values: [Double]) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / max(1, count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard count > 1 else {
            text = String(format: "%.4f", mean)
            return
        }
        let half = 1.96 * (squares / (count - 1) / count).squareRoot()
        text = String(format: "%.4f ± %.4f", mean, half)
    }
}
