/// Translates a discriminant into operators of ONNX, in double precision.
struct ONNXDiscriminant {
    /// What has been translated so far.
    private(set) var graph: ONNXGraph
    /// The name of the logits, `[batch, classes]`.
    private(set) var output = ""
    private let model: DiscriminantModel

    /// Translates a discriminant.
    ///
    /// - Parameters:
    ///   - model: The discriminant.
    ///   - graph: Operators so far.
    ///   - input: The name of the batch there, `[batch, samples, channels]`.
    init(_ model: DiscriminantModel, on graph: ONNXGraph, input: String) {
        self.graph = graph
        self.model = model
        let samples = self.graph.add(
            "Cast", [input], [("to", .integer(ONNXGraph.ElementType.float64.rawValue))])
        let features =
            switch model.discriminant.features {
            case .logAmplitude: logAmplitudes(samples)
            case .timeDomain: timeDomain(samples)
            }
        let weights = self.graph.constant(
            model.weights, shape: [model.classCount, model.width], named: "weights")
        let offsets = self.graph.constant(model.exportedOffsets, named: "offsets")
        let scores = self.graph.add(
            "Gemm", [features, weights, offsets], [("transB", .integer(1))])
        output = self.graph.add(
            "Cast", [scores], [("to", .integer(ONNXGraph.ElementType.float32.rawValue))])
    }

    /// The mean over the samples of each channel.
    private mutating func meanMagnitude(_ samples: String) -> String {
        graph.add(
            "ReduceMean", [graph.add("Abs", [samples])],
            [("axes", .integers([1])), ("keepdims", .integer(0))])
    }

    private mutating func logAmplitudes(_ samples: String) -> String {
        let kind = model.discriminant
        let scale = graph.constant([kind.scale], named: "scale")
        let floor = graph.constant([kind.floor], named: "floor")
        let scaled = graph.add("Div", [meanMagnitude(samples), scale])
        return graph.add("Log", [graph.add("Add", [scaled, floor])])
    }

    private mutating func timeDomain(_ samples: String) -> String {
        let (first, last) = (part(samples, from: 0, to: -1), part(samples, from: 1, to: .max))
        let steps = graph.add("Sub", [last, first])
        let features = [
            meanMagnitude(samples), sum(graph.add("Abs", [steps])),
            negativeCount(graph.add("Mul", [first, last])),
            negativeCount(
                graph.add("Mul", [part(steps, from: 0, to: -1), part(steps, from: 1, to: .max)])),
        ]
        let columns = graph.constant([-1, model.form.channelCount, 1])
        let joined = graph.add(
            "Concat", features.map { graph.add("Reshape", [$0, columns]) },
            [("axis", .integer(2))])
        return graph.add("Reshape", [joined, graph.constant([-1, model.width])])
    }

    /// Some of the samples, the last one not included.
    private mutating func part(_ samples: String, from start: Int, to end: Int) -> String {
        graph.add(
            "Slice",
            [samples, graph.constant([start]), graph.constant([end]), graph.constant([1])])
    }

    private mutating func sum(_ samples: String) -> String {
        graph.add(
            "ReduceSum", [samples, graph.constant([1])], [("keepdims", .integer(0))])
    }

    /// How many numbers of each channel are below 0.
    private mutating func negativeCount(_ samples: String) -> String {
        let zero = graph.constant([0.0], named: "zero")
        return sum(
            graph.add(
                "Cast", [graph.add("Less", [samples, zero])],
                [("to", .integer(ONNXGraph.ElementType.float64.rawValue))]))
    }
}
