/// What a model's last layer starts from when it adapts to a task.
public enum HeadStart: Sendable, Hashable {
    /// The model's own parameters.
    case own
    /// The means `c` of the support's features by class: weights `2 c`, biases `−‖c‖²`, with which the
    /// first logits are nearness to them (Triantafillou et al., "Meta-Dataset", 2020: ProtoMAML). A
    /// class that was not shown starts from the model's own.
    case prototypes
    /// The mean of the model's own rows for every class, so that classes may be named in any order
    /// (Ye and Chao, "How to train your MAML to excel in few-shot classification", 2022:
    /// UNICORN-MAML).
    case shared
}
