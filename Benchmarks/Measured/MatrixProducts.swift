import ArgumentParser
import Autodiff
import Foundation

/// The matrix products that an exact meta-step of a dense network cannot do without, by themselves:
/// what a meta-step would take if all else were free and every product ran at the speed that
/// `sgemm` reaches on its shape with its operands in the cache.
struct MatrixProducts: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix-products",
        abstract: "Times the matrix products of a meta-step of meta-step's dnn.")

    @Option(help: "adam or sgd.")
    var inner = "adam"

    @Option(help: "Numbers of a window.")
    var inputs = 320

    @Option(help: "Classes.")
    var classes = 3

    @Option(help: "Inner steps of all tasks.")
    var steps = 225

    @Option(help: "Tasks.")
    var tasks = 3

    @Option(help: "Windows of a query.")
    var query = 2_112

    private struct Report: Encodable {
        /// Seconds of all products of a meta-step.
        var cpu: [Double] = []
        /// Their floating point operations.
        var operations = 0.0
    }

    func run() throws {
        let sizes = [inputs, 512, 128, classes]
        var report = Report()
        for (rows, uses) in [(32, Double(steps)), (query, Double(tasks))] {
            let isQuery = rows == query
            for layer in 0..<sizes.count - 1 {
                let (input, output) = (sizes[layer], sizes[layer + 1])
                let isFirst = layer == 0
                // The loss and its gradient, then the Hessian-vector product along a direction:
                // a first layer has neither a gradient by its input nor a tangent of it. Adam's
                // derivative needs the gradient a second time. A query has a gradient only.
                let forward = isQuery ? 1.0 : isFirst ? 2 : 3
                let weights = isQuery ? 1.0 : (isFirst ? 2 : 3) + (inner == "adam" ? 1 : 0)
                let back = isFirst ? 0.0 : isQuery ? 1 : 3
                for (times, layout) in [
                    (
                        forward,
                        MatrixLayout(
                            rows: rows, columns: output, inner: input, left: .plain,
                            right: .transposed)
                    ),
                    (
                        weights,
                        MatrixLayout(
                            rows: output, columns: input, inner: rows, left: .transposed,
                            right: .plain)
                    ),
                    (
                        back,
                        MatrixLayout(
                            rows: rows, columns: input, inner: output, left: .plain,
                            right: .plain)
                    ),
                ] where times > 0 {
                    report.operations +=
                        2 * uses * times * Double(layout.rows * layout.columns * layout.inner)
                    report.cpu.append(uses * times * Self.seconds(of: layout))
                }
            }
        }
        print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    }

    /// The seconds of one product, the best of several rounds.
    private static func seconds(of layout: MatrixLayout) -> Double {
        let left = [Float](repeating: 0.5, count: layout.rows * layout.inner)
        let right = [Float](repeating: 0.25, count: layout.inner * layout.columns)
        var result = [Float](repeating: 0, count: layout.rows * layout.columns)
        let repeats = max(4, 200_000_000 / (layout.rows * layout.columns * layout.inner))
        var best = Double.infinity
        for _ in 0..<5 {
            let start = Measurement.processSeconds()
            for _ in 0..<repeats {
                var span = result.mutableSpan
                Float.multiplyByBLAS(
                    layout, left.span, right.span, into: &span, accumulating: false)
            }
            best = min(best, (Measurement.processSeconds() - start) / Double(repeats))
        }
        return best
    }
}
