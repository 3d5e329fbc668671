import Autodiff
import SeededRandom
import Testing

@Suite("Derivatives of recorded computations")
struct ExecutionTests {
    @Test("each gradient is that of central differences", arguments: DerivativeCase.operations)
    func gradient(_ function: DerivativeCase) {
        var (execution, point, _) = function.prepared()
        let gradient = execution.gradient(at: point)
        let differences = point.indices.map { index in
            let step = 1e-5
            var (above, below) = (point, point)
            above[index] += step
            below[index] -= step
            return (execution.loss(at: above) - execution.loss(at: below)) / (2 * step)
        }
        #expect(relativeDistance(gradient, differences) < 1e-8)
    }

    @Test(
        "each Hessian-vector product is that of differences of gradients",
        arguments: DerivativeCase.operations)
    func hessianProduct(_ function: DerivativeCase) {
        var (execution, point, direction) = function.prepared()
        let product = execution.hessian(at: point, times: direction)
        let step = 1e-5
        let above = execution.gradient(at: zip(point, direction).map { $0 + step * $1 })
        let below = execution.gradient(at: zip(point, direction).map { $0 - step * $1 })
        let differences = zip(above, below).map { ($0 - $1) / (2 * step) }
        #expect(relativeDistance(product, differences) < 1e-7)
    }

    @Test("Hessians are symmetric: u · Hv = v · Hu", arguments: DerivativeCase.operations)
    func symmetry(_ function: DerivativeCase) {
        var (execution, point, direction) = function.prepared()
        let other = point.map { 1 - $0 * $0 }
        let left = zip(other, execution.hessian(at: point, times: direction)).reduce(0.0) {
            $0 + $1.0 * $1.1
        }
        let right = zip(direction, execution.hessian(at: point, times: other)).reduce(0.0) {
            $0 + $1.0 * $1.1
        }
        #expect(abs(left - right) <= 1e-12 * max(abs(left), abs(right), 1))
    }

    @Test("single precision follows double precision", arguments: DerivativeCase.operations)
    func singlePrecision(_ function: DerivativeCase) {
        var (double, point, direction) = function.prepared()
        var (single, _, _) = function.prepared(as: Float.self)
        let product = single.hessian(at: point.map(Float.init), times: direction.map(Float.init))
        let gradient = single.gradient(at: point.map(Float.init))
        // Some 30 units in the last place: libraries for other processors round in another order.
        #expect(
            relativeDistance(gradient.map(Double.init), double.gradient(at: point)) < 4e-6)
        #expect(
            relativeDistance(
                product.map(Double.init), double.hessian(at: point, times: direction)) < 5e-6)
    }

    @Test("running again gives the same bits", arguments: DerivativeCase.operations)
    func repeatable(_ function: DerivativeCase) {
        var (execution, point, direction) = function.prepared()
        let first = execution.hessian(at: point, times: direction)
        _ = execution.hessian(at: direction, times: point)
        #expect(execution.hessian(at: point, times: direction) == first)
    }

    @Test("gradient blocks are the gradient, in order and without gaps")
    func blocks() {
        var (execution, point, _) = Self.wide.prepared()
        let gradient = execution.gradient(at: point)
        var pieces: [Double] = []
        execution.forEachGradientBlock(parameters: point) { range, piece in
            #expect(range.lowerBound == pieces.count)
            for index in 0..<piece.count { pieces.append(piece[index]) }
        }
        #expect(pieces.count == gradient.count)
        #expect(relativeDistance(pieces, gradient) < 1e-15)
    }

    @Test("a record gives a run's derivatives back without a forward pass")
    func record() {
        var (execution, point, direction) = Self.wide.prepared()
        let product = execution.hessian(at: point, times: direction)
        let gradient = execution.gradient(at: point)
        var record = StepRecord<Double>()
        execution.exchange(&record)
        _ = execution.gradient(at: direction)
        execution.exchange(&record)
        var again = [Double](repeating: 0, count: point.count)
        execution.multiplyHessian(by: direction, parameters: point, into: &again)
        #expect(again == product)
        again = [Double](repeating: 0, count: point.count)
        execution.addGradient(to: &again, parameters: point)
        #expect(again == gradient)
    }

    @Test("a first layer's weights are not read by derivatives, an inner layer's are")
    func parametersRead() {
        let (execution, _, _) = Self.wide.prepared()
        #expect(execution.parametersRead == [(300 * 120 + 300)..<(300 * 120 + 300 + 3 * 300)])
    }

    @Test("the tangent of a value is its derivative along the direction")
    func dual() throws {
        var tape = Tape()
        let x = tape.parameter([2])
        let square = tape.multiply(x, x)
        let cube = tape.multiply(x, square)
        var execution = Execution<Double>(Gradient(of: tape.sum(cube), on: tape))
        _ = execution.hessian(at: [2, 3], times: [1, -1])
        let dual = try #require(execution.dual(of: square))
        #expect(dual.value.elements == [4, 9])
        #expect(dual.tangent?.elements == [4, -6])
    }

    @Test("a value that a rectifier has overwritten is not given, unless it is kept")
    func overwritten() throws {
        var tape = Tape()
        let x = tape.parameter([3])
        let square = tape.multiply(x, x)
        let below = tape.subtract(x, square)
        let gated = tape.relu(below)
        let loss = tape.sum(tape.multiply(gated, gated))
        let gradient = Gradient(of: loss, on: tape)
        var sharing = Execution<Double>(gradient)
        var keeping = Execution<Double>(gradient, keeping: [below])
        let (point, direction) = ([0.5, 2, -1], [1, 0.5, 0.25])
        let product = sharing.hessian(at: point, times: direction)
        #expect(keeping.hessian(at: point, times: direction) == product)
        #expect(keeping.gradient(at: point) == sharing.gradient(at: point))
        #expect(sharing.elements(of: below).isEmpty && sharing.dual(of: below) == nil)
        #expect(keeping.elements(of: below) == [0.25, -2, -2])
        #expect(sharing.elements(of: gated) == [0.25, 0, 0])
        #expect(keeping.elements(of: gated) == [0.25, 0, 0])
    }

    @Test("shapes that do not fit are refused while recording")
    func shapes() async {
        await #expect(processExitsWith: .failure) {
            var tape = Tape()
            let x = tape.input([3, 4])
            let weight = tape.parameter([2, 5])
            _ = tape.linear(x, weight: weight, bias: tape.parameter([2]))
        }
        await #expect(processExitsWith: .failure) {
            var tape = Tape()
            let x = tape.parameter([3])
            let y = tape.parameter([4])
            _ = tape.add(x, y)
        }
    }

    @Test("a long tape is dropped without recursion")
    func longTape() {
        var tape = Tape()
        var x = tape.parameter([1])
        for _ in 0..<100_000 { x = tape.scale(x, by: 1) }
        var execution = Execution<Float>(Gradient(of: x, on: tape))
        #expect(execution.gradient(at: [3]) == [1])
    }

    /// A network whose first weight is cut into several blocks.
    private static let wide = DerivativeCase("wide network") { tape in
        let x = tape.input([8, 120])
        let firstWeight = tape.parameter([300, 120])
        let hidden = tape.relu(
            tape.linear(x, weight: firstWeight, bias: tape.parameter([300])))
        let secondWeight = tape.parameter([3, 300])
        let logits = tape.linear(hidden, weight: secondWeight, bias: tape.parameter([3]))
        let targets = tape.input([8, 3])
        return (tape.crossEntropy(logits, targets: targets), [x, targets])
    }
}
