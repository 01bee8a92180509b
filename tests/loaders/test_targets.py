"""Targets of one task's text: one row a rule of the annotation guidelines, with invented sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.targets import read_targets

Row = tuple[str, str, float, float | None, str]


def found(sentence: str, year: int | None = 2024) -> list[Row]:
    return [(t.name, t.op, t.value, t.value_max, t.unit) for t in read_targets(sentence, year=year)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # What is measured stands before the number; lead words and places go.
        ("到2027年，力争全市电子发票使用率达到95%以上。", [("电子发票使用率", "ge", 95, None, "%")]),
        ("保持示范项目保函费率不高于3‰。", [("示范项目保函费率", "le", 3, None, "‰")]),
        ("便民度指数提升至88分以上。", [("便民度指数", "ge", 88, None, "分")]),
        ("线上缴费率达９０％。", [("线上缴费率", "eq", 90, None, "％")]),
        # Rises and falls leave the verb of change out; other verbs stay.
        ("港区货物吞吐总额增长12%以上。", [("港区货物吞吐总额", "inc_ge", 12, None, "%")]),
        ("新增示范型物流企业8家。", [("示范型物流企业", "inc", 8, None, "家")]),
        ("新增7项民生微服务。", [("民生微服务", "inc", 7, None, "项")]),
        ("提高仓储周转效率15%。", [("仓储周转效率", "inc", 15, None, "%")]),
        ("减少入户检查频次两成，压减申报材料30%以上。", [("申报材料", "dec_ge", 30, None, "%")]),
        ("培育港航企业12家以上。", [("培育港航企业", "ge", 12, None, "家")]),
        ("建立6个联络专班。", [("建立联络专班", "eq", 6, None, "个")]),
        ("打造有影响力的6个渔业品牌。", [("打造有影响力的渔业品牌", "eq", 6, None, "个")]),
        ("推动150项“掌上办”服务落地。", [("“掌上办”服务落地", "eq", 150, None, "项")]),
        ("各乡镇至少建成1所托育中心。", [("各乡镇建成托育中心", "ge", 1, None, "所")]),
        # Ranges and large numbers.
        ("力争仓储成本降低8%-12%。", [("仓储成本", "dec", 8, 12, "%")]),
        ("组织技能培训1.6万人次以上。", [("组织技能培训", "ge", 1.6, None, "万人次")]),
        ("引进到位外来资金75亿元。", [("引进到位外来资金", "eq", 75, None, "亿元")]),
        # A change names its end; where it began is the baseline.
        ("甲类事项审批环节由6个压减至4个。", [("甲类事项审批环节", "le", 4, None, "个")]),
        ("压缩公示时间至10天。", [("公示时间", "le", 10, None, "天")]),
        # Time limits.
        ("渔船检验时间压缩至3个工作日内。", [("渔船检验时间", "le", 3, None, "个工作日")]),
        ("受理窗口在2个工作日内完成材料核对。", [("受理窗口完成材料核对时间", "le", 2, None, "个工作日")]),
        (
            "打造城区20分钟、乡村50分钟抢修圈。",
            [("城区抢修圈", "eq", 20, None, "分钟"), ("乡村抢修圈", "eq", 50, None, "分钟")],
        ),
        # A part of something does something.
        ("实现85%政务事项“掌上办”。", [("政务事项“掌上办”", "eq", 85, None, "%")]),
        ("80%以上的乡镇卫生院通过复审。", [("乡镇卫生院通过复审", "ge", 80, None, "%")]),
        ("履约保证金不得超过合同金额的5%。", [("履约保证金", "le", 5, None, "%")]),
        # Where something is done so often, and what a change arrives at.
        ("全年累计在18个行业推行一照通行。", [("行业推行一照通行", "eq", 18, None, "个")]),
        ("将便民事项由窗口、站点扩展到30个场景。", [("便民事项场景", "eq", 30, None, "个")]),
        # Made after a list of the things; money behind which its use stands; a fund behind its size.
        ("新增东港、西港、南港3个通关口岸。", [("通关口岸", "inc", 3, None, "个")]),
        ("省级财政统筹安排15亿元，支持渔港建设。", [("省级财政统筹安排支持渔港建设", "eq", 15, None, "亿元")]),
        ("设立规模不少于20亿元的渔业发展基金。", [("渔业发展基金", "ge", 20, None, "亿元")]),
        # Work is no rise; a share taken off is promised where it is a share of its own.
        ("完成航道提升60公里以上。", [("完成航道提升", "ge", 60, None, "公里")]),
        ("渔业投保的保费扣除比例提高到12%。", [("渔业投保的保费扣除比例", "eq", 12, None, "%")]),
        ("渔业发展指数达到118左右。", [("渔业发展指数", "eq", 118, None, "")]),
        ("水产品抽检量每年6批次/千人。", [("水产品抽检量", "eq", 6, None, "批次/千人")]),
        ("船舶登记平均办理周期达到45天。", [("船舶登记平均办理周期", "eq", 45, None, "天")]),
        # A share of a policy that goes on; a share at which something is done; an advance given as a share.
        ("将渔具采购的预留份额提高至45%以上的政策延续至年底。", [("渔具采购的预留份额", "ge", 45, None, "%")]),
        ("给予渔业合作社不低于采购合同金额35%的预付款。", [("预付款比例", "ge", 35, None, "%")]),
        # Made or reached after a list of examples: with a verb of making, or by a date.
        ("加快建设东港等7个冷链节点。", [("建设冷链节点", "eq", 7, None, "个")]),
        ("年底前实现船检、补给等8个场景“一网通办”。", [("场景“一网通办”", "eq", 8, None, "个")]),
        ("实现东湾、西湾渔业圈60项左右应用打通。", [("应用打通", "eq", 60, None, "项")]),
        ("做好4家市级渔业基地复核。", [("市级渔业基地复核", "eq", 4, None, "家")]),
        # Limits and verbs in quotes; a bandwidth; a number that is kept while more is done.
        ("做到“2个工作日内认领线索”。", [("认领线索时间", "le", 2, None, "个工作日")]),
        ("“登门拜访”90家渔业企业。", [("登门拜访渔业企业", "eq", 90, None, "家")]),
        ("渔港专网接入带宽300M以上。", [("渔港专网接入带宽", "ge", 300, None, "M")]),
        ("水产品抽检量在确保3批次/千人的基础上增加。", [("水产品抽检量", "eq", 3, None, "批次/千人")]),
        # Who must do it, and words that say nothing of the measure, go.
        ("各乡镇政府要牵头联系1个以上渔业大项目。", [("联系渔业大项目", "ge", 1, None, "个")]),
        ("2025年底前，高频船检“一件事”再推出不少于9项。", [("高频船检“一件事”", "ge", 9, None, "项")]),
        ("用于支持开展渔民培训8000人次以上。", [("开展渔民培训", "ge", 8000, None, "人次")]),
        ("在12个以上领域实现船讯汇聚。", [("实现船讯汇聚的领域", "ge", 12, None, "个")]),
    ],
)  # fmt: skip
def test_one_number(sentence: str, expected: list[Row]) -> None:
    assert found(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "船检电子化率、远程查验率分别达98%、70%。",
            [("船检电子化率", "eq", 98, None, "%"), ("远程查验率", "eq", 70, None, "%")],
        ),
        (
            "来电接通率、回访满意率均达97%以上。",
            [("来电接通率", "ge", 97, None, "%"), ("回访满意率", "ge", 97, None, "%")],
        ),
        (
            "城区、镇区、乡村用户平均停水时间压减至4个、8个、12个小时以内。",
            [
                ("城区用户平均停水时间", "le", 4, None, "个小时"),
                ("镇区用户平均停水时间", "le", 8, None, "个小时"),
                ("乡村用户平均停水时间", "le", 12, None, "个小时"),
            ],
        ),
        (
            "用热、用网办理环节压减至3个工作日内。",
            [("用热办理环节", "le", 3, None, "个工作日"), ("用网办理环节", "le", 3, None, "个工作日")],
        ),
        (
            "突发停热频次和时间减少10%。",
            [("突发停热频次", "dec", 10, None, "%"), ("突发停热时间", "dec", 10, None, "%")],
        ),
        (
            "新增市级工程中心3个、市级设计中心2个。",
            [("市级工程中心", "inc", 3, None, "个"), ("市级设计中心", "inc", 2, None, "个")],
        ),
        (
            "建设30家智慧渔场、5家以上智慧码头。",
            [("建设智慧渔场", "eq", 30, None, "家"), ("建设智慧码头", "ge", 5, None, "家")],
        ),
        # A subject printed once is carried to what cannot stand alone.
        (
            "新增冷链仓储企业9家，总数突破60家。",
            [("冷链仓储企业", "inc", 9, None, "家"), ("冷链仓储企业总数", "ge", 60, None, "家")],
        ),
        (
            "甲类厂房工程审批环节压减至12个以内，审批时间压减至18个工作日以内。",
            [("甲类厂房工程审批环节", "le", 12, None, "个"), ("甲类厂房工程审批时间", "le", 18, None, "个工作日")],
        ),
        (
            "保持担保费率不高于2%，逐步降低至1.5%。",
            [("担保费率", "le", 2, None, "%"), ("担保费率", "le", 1.5, None, "%")],
        ),
        (
            "在全市12个乡镇、40个村设置自助终端。",
            [("乡镇设置自助终端", "eq", 12, None, "个"), ("村设置自助终端", "eq", 40, None, "个")],
        ),
        # A size behind a count is of the same things.
        (
            "续建9个水利项目120公里。",
            [("续建水利项目", "eq", 9, None, "个"), ("水利项目", "eq", 120, None, "公里")],
        ),
        (
            "渔船登记和渔具登记1个工作日内办结。",
            [("渔船登记办结时间", "le", 1, None, "个工作日"), ("渔具登记办结时间", "le", 1, None, "个工作日")],
        ),
        (
            "90%的渔村和70%的渔县达到三星级。",
            [("渔村达到三星级", "eq", 90, None, "%"), ("渔县达到三星级", "eq", 70, None, "%")],
        ),
        # Half-width commas end a stretch, but not inside a number.
        (
            "力争渔民满意率达90%,公告3日内办结,150家企业受益1,000万元。",
            [("渔民满意率", "eq", 90, None, "%"), ("公告办结时间", "le", 3, None, "日")],
        ),
        ("90%的市达到二星级。", [("达到二星级的市占比", "eq", 90, None, "%")]),
        (
            "市、县两级分别按照不低于6%、4%的比例进行抽检。",
            [("市级抽检比例", "ge", 6, None, "%"), ("县级抽检比例", "ge", 4, None, "%")],
        ),
        # An object, a level or an act that only the last number prints; a verb that only the first prints.
        (
            "市级上线不少于90项、各县上线不少于30项船检服务。",
            [("市级上线船检服务", "ge", 90, None, "项"), ("各县上线船检服务", "ge", 30, None, "项")],
        ),
        (
            "引育20名国家级、50名省级渔业人才。",
            [("引育国家级渔业人才", "eq", 20, None, "名"), ("引育省级渔业人才", "eq", 50, None, "名")],
        ),
        (
            "推进首批14家渔港网站和6家渔港客户端完成改版。",
            [("渔港网站完成改版", "eq", 14, None, "家"), ("渔港客户端完成改版", "eq", 6, None, "家")],
        ),
        (
            "累计培育渔业示范项目12个、冷链服务供应商5个。",
            [("累计培育渔业示范项目", "eq", 12, None, "个"), ("累计培育冷链服务供应商", "eq", 5, None, "个")],
        ),
        (
            "累计培育渔业示范项目12个，冷链解决方案供应商5个，示范港区达到3个。",
            [
                ("累计培育渔业示范项目", "eq", 12, None, "个"),
                ("累计培育冷链解决方案供应商", "eq", 5, None, "个"),
                ("示范港区", "eq", 3, None, "个"),
            ],
        ),
        (
            "甲市、乙市分别完成6宗海域出让。",
            [("甲市海域出让", "eq", 6, None, "宗"), ("乙市海域出让", "eq", 6, None, "宗")],
        ),
        # A limit without 内 beside one with it; the measure that only the first limit prints.
        (
            "渔港项目审批时限不超过60个工作日，码头项目不超过30个工作日。",
            [("渔港项目审批时限", "le", 60, None, "个工作日"), ("码头项目审批时限", "le", 30, None, "个工作日")],
        ),
        (
            "渔船登记2个工作日办结，渔具登记1个工作日内办结。",
            [("渔船登记办结时间", "le", 2, None, "个工作日"), ("渔具登记办结时间", "le", 1, None, "个工作日")],
        ),
        (
            "新开工千万元渔业项目40个以上、竣工25个以上。",
            [("新开工千万元渔业项目", "ge", 40, None, "个"), ("竣工千万元渔业项目", "ge", 25, None, "个")],
        ),
        # A list that ends in 等 is one subject.
        (
            "将社团设立、变更、注销等事项办理时限压缩至2个工作日。",
            [("社团设立、变更、注销等事项办理时限", "le", 2, None, "个工作日")],
        ),
    ],
)  # fmt: skip
def test_several_numbers_or_subjects(sentence: str, expected: list[Row]) -> None:
    assert found(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "对200千瓦及以下小微用户由供电企业出资接入。",
        "投资额800万元以上的项目提供代办服务。",
        "预算2000万元以上的项目全部公开。",
        "在政务大厅设“24小时不打烊”服务区，推行“13710”工作法。",
        "提升12345热线服务质效，加快5G网络建设，实施“10+N”行动。",
        "按照《示例市2025年30项重点任务清单》推进。",
        "（1天内部署、3天内反馈）办理进展实时推送。",
        "截至目前，已建成充电站120座。",
        "围绕12条产业链开展招商。",
        "对新认定的省级平台，一次性给予50万元奖励。",
        "对年营收达3000万元以上的企业，给予贷款贴息。",
        "水资源费按80%收取。",
        "实现零材料、零跑动。",
        "打造15分钟便民服务圈。",
        "系统升级至2.0版，印发示政办〔2025〕12号文件。",
        "推进2个60公里在建公路项目。",
        "召开一次动员会，指定一名联络员。",
        # Conditions, what is paid for each case, what is allowed, circles of life.
        "当水位涨幅达到6%时，启动预案。",
        "超时达到4次，取消资格。",
        "入园企业给予五年房租补贴，其中前两年100%，每家企业不超过50万元。",
        "按照项目总投入的30%，提供补助。",
        "年营收达到2000万元以上或年纳税额达到200万元以上。",
        "休渔期可延长至3年。",
        "打造步行15分钟、辐射5公里的便民服务圈。",
        "渔企裁员率不高于4%，船员8人以下且无欠薪的，可以申请返还。",
        "船员应在发证之日起10个月内申报，逾期不予受理。",
        "单船贷款300万元以下且费率不超过2%，由财政给予补贴。",
        "吸纳2人以上上船就业的每增加1人给予900元补贴。",
        "实现船检、补给等8个场景“一网通办”。",
        "按照80%比例返还船舶保险费。",
        "",
    ],
)
def test_numbers_that_promise_nothing(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "lead_in", "deadlines"),
    [
        ("到2027年，甲率达到90%，新增企业5家。", "", ["2027", "2027"]),
        ("9月底前新增站点5个；2025年办结率达90%。", "", ["2024-09", "2025"]),
        ("9月底前公布清单。推出服务事项60项。", "", [None]),
        ("年内培训船员300人次。", "", ["2024"]),
        ("每年引进外贸企业6家。", "", [None]),
        ("停热次数在2022年基础上减少10%。", "", [None]),
        ("在2022年免收检验费的基础上，检验费率不超过2%。", "", [None]),
        ("对2023年底前到期的渔业贷款，展期时间不超过1年。", "", [None]),
        ("培训船员300人次。", "到2026年实现以下目标：", ["2026"]),
    ],
)
def test_deadlines(sentence: str, lead_in: str, deadlines: list[str | None]) -> None:
    assert [t.deadline for t in read_targets(sentence, year=2024, lead_in=lead_in)] == deadlines


def test_frequencies_say_how_often() -> None:
    (monthly,) = read_targets("每月召开两次以上早茶会。", year=2024)
    assert (monthly.name, monthly.op, monthly.value, monthly.unit, monthly.per) == (
        "早茶会", "ge", 2, "次", "month",
    )  # fmt: skip
    (within,) = read_targets("渔港工作专班年内至少召开一次海上安全会议。", year=2024)
    assert (within.name, within.op, within.value, within.deadline) == ("海上安全会议", "ge", 1, "2024")
    (yearly,) = read_targets("每年至少听取1次汇报。", year=2024)
    assert (yearly.op, yearly.value, yearly.per) == ("ge", 1, "year")


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        # Whom the first measures measure holds for the short ones that follow.
        (
            "渔港事项网上可办率、全程网办率分别达到99%、92%，即办件占比达到50%以上。",
            ["渔港事项网上可办率", "渔港事项全程网办率", "渔港事项即办件占比"],
        ),
        ("渔港事项网上可办率达到99%；港区森林覆盖率达到35%。", ["渔港事项网上可办率", "港区森林覆盖率"]),
        # Kinds of the same thing share what stands before the first.
        (
            "新受理的渔业简案3个月内审结，繁案6个月内审结。",
            ["新受理的渔业简案审结时间", "新受理的渔业繁案审结时间"],
        ),
        # A second act does not belong to the time; a short act keeps from when it runs.
        ("船员诉求3个工作日内办结并回访，回访满意率达到95%。", ["船员诉求办结时间", "船员诉求回访满意率"]),
        ("公告期满后1个工作日内办结。", ["公告期满后办结时间"]),
        ("收到申请核实后2个工作日内作出登记决定。", ["作出登记决定时间"]),
        # A name ends at a break between words, however long; a common end is printed once.
        (
            "渔港站2日内将检验结论录入“示例渔业船舶综合登记管理平台”系统。",
            ["渔港站将检验结论录入“示例渔业船舶综合登记管理平台”系统时间"],
        ),
        ("渔具采购预付款比例提高到不低于合同金额的25%。", ["渔具采购预付款比例"]),
        ("渔港挂载率、船检及时率两项指标均达85%以上。", ["渔港挂载率", "船检及时率"]),
        ("无船坞的用煤、用油报装时间分别压减至2个、3个工作日。", ["无船坞的用煤报装时间", "无船坞的用油报装时间"]),
        ("自收到申请之日起2个工作日内完成船员材料核对。", ["完成船员材料核对时间"]),
        # Meetings and bare acts are of what the sentence spoke of.
        ("健全渔港应急联动机制，每季度至少协商两次。", ["渔港应急联动机制协商"]),
        ("建立渔港联动机制，全年召开联席会议3次以上。", ["渔港联动机制联席会议"]),
        ("推动“渔押过户”由城区向乡镇拓展，年内办理不少于30宗。", ["“渔押过户”办理"]),
        ("市领导每月主持一次渔企早餐会，各县每月不少于两次。", ["市领导主持渔企早餐会", "各县渔企早餐会"]),
        # A thing that says too little is named with who does it.
        ("乡镇渔港在11月底前完成8项评估。", ["乡镇渔港完成评估"]),
    ],
)  # fmt: skip
def test_names_that_cannot_stand_alone(sentence: str, names: list[str]) -> None:
    assert [t.name for t in read_targets(sentence, year=2024)] == names


@pytest.mark.parametrize(
    ("sentence", "heading", "name"),
    [
        ("办理时限不超过3个工作日。", "提升渔船登记便利度。", "渔船登记办理时限"),
        ("办理时限不超过3个工作日。", "优化渔船登记、船员培训服务", "办理时限"),
        ("渔具登记，办理时限不超过3个工作日。", "提升渔船登记便利度", "渔具登记办理时限"),
        ("一般件2个工作日内办结。", "持续优化渔船登记办理", "渔船登记一般件办结时间"),
        ("年底前完成80%的清理工作。", "加快清理长期闲置渔船", "长期闲置渔船清理工作"),
    ],
)
def test_the_heading_completes_a_name_where_the_sentence_does_not(sentence: str, heading: str, name: str) -> None:
    assert [t.name for t in read_targets(sentence, year=2024, subject=heading)] == [name]


def test_a_change_keeps_what_it_is_measured_against() -> None:
    (target,) = read_targets("停热次数在2022年基础上减少10%。", year=2024)
    assert (target.name, target.op, target.baseline) == ("停热次数", "dec", "2022")


def test_the_quote_begins_with_the_time_words_and_ends_with_the_numbers_words() -> None:
    sentence = "加强管理，到2027年，培育港航企业12家以上，形成合力。"
    (target,) = read_targets(sentence, year=2024)
    assert sentence[target.span.start : target.span.end] == "到2027年，培育港航企业12家以上"


_PIECES = (
    "到2026年，", "全市", "新增", "企业", "率", "达到", "100", "%", "5", "个", "、", "，",
    "。", "；", "分别", "均", "以上", "以内", "不低于", "压减至", "15", "个工作日", "内", "办结",
    "的", "“", "”", "（", "）", "由", "在", "2024年", "基础上", "每月", "两次", "召开", "万",
    "亿元", "1.2", "3-5", "打造", "分钟", "抢修圈", "对", "给予", "1,000", "第", "前", "占",
    "等", "和", "上线", "国家级", "“登门拜访”", "的政策延续", "完成", "的比例进行抽检", "一般件", "９０", "％", "年底前", "9月底前", "指数", "扩展到", "设置", "公里", "后", "繁案", "简案",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join), st.sampled_from([None, 2024]))
def test_every_quote_slices_and_holds_its_number(sentence: str, year: int | None) -> None:
    for target in read_targets(sentence, year=year):
        quote = half(sentence[target.span.start : target.span.end])
        assert f"{target.value:.12g}" in quote or "两次" in quote
        assert target.name
        assert target.unit or "指数" in sentence


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert read_targets(text, year=2024) == read_targets(text, year=2024)


def half(text: str) -> str:
    return text.translate(str.maketrans("０１２３４５６７８９", "0123456789")).replace(",", "")
